-- Nobody waits for what is there: no open order that fell short could reserve more of a lot that lies free. $1 today.
with needs as (
    select o.number, o.origin_location, b.component, m.allocation_policy, coalesce(m.min_shelf_life_days, 14) as margin,
        ceil(b.quantity * (o.produced + case
                when o.matrix_state = 'pending' or o.matrix_state is null then o.quantity - o.produced
                else (select sum(greatest(0, c.planned - c.produced - c.moved)) from matrix_cell c where c.production_order = o.number)
            end) * 10::numeric ^ u.precision) / 10::numeric ^ u.precision
            - ceil(b.quantity * o.produced * 10::numeric ^ u.precision) / 10::numeric ^ u.precision
            - coalesce((
                select sum(a.quantity) from allocation a
                where a.production_order = o.number and a.material = b.component and a.state = 'Reserved'
            ), 0) as missing
    from production_order o
    cross join lateral jsonb_to_recordset(o.bom_lines) as b (component text, quantity numeric)
    join material m on m.code = b.component
    join unit u on u.code = m.unit
    where o.awaits_materials and o.status in ('Draft', 'Planned', 'InProgress')
)
select concat(n.number, ' waits for ', trim_scale(n.missing), ' of ', n.component, ' and ', l.code, ' has ', trim_scale(l.on_hand - l.reserved))
from needs n
join lot l on l.material = n.component
where n.missing > 0
    and l.status = 'Available'
    and (n.origin_location is null or l.location = n.origin_location)
    and (l.expires_on is null or l.expires_on >= $1::date + greatest(1, n.margin))
    and l.on_hand - l.reserved >= case when n.allocation_policy = 'SingleLot' then n.missing else 0.001 end
    and (n.allocation_policy <> 'SingleLot' or not exists (
        select from allocation a
        where a.production_order = n.number and a.material = n.component and a.state = 'Reserved' and a.lot <> l.code
    ))
