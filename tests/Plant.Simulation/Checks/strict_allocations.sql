-- Only open orders reserve, of materials in their recipe, of lots that may be used, and no more than they still need.
select concat('allocation of ', a.lot, ' by ', a.production_order, ' ', o.status)
from allocation a
join production_order o on o.number = a.production_order
join lot l on l.code = a.lot
where a.material <> l.material
    or (a.state = 'Reserved' and (o.status not in ('Draft', 'Planned', 'InProgress') or l.status not in ('Available', 'Depleted')))
    or (a.state <> 'Reserved' and a.settled_at is null)
union all
select concat(o.number, ' has reserved ', r.quantity, ' of ', r.material, ' and needs ', coalesce(n.quantity, 0))
from (
    select production_order, material, sum(quantity) as quantity from allocation where state = 'Reserved' group by 1, 2
) r
join production_order o on o.number = r.production_order
left join lateral (
    select ceil(b.quantity * (o.produced + case
            when o.matrix_state = 'pending' or o.matrix_state is null then o.quantity - o.produced
            else (select sum(greatest(0, c.planned - c.produced - c.moved)) from matrix_cell c where c.production_order = o.number)
        end) * 10::numeric ^ u.precision) / 10::numeric ^ u.precision
        - floor(b.quantity * o.produced * 10::numeric ^ u.precision) / 10::numeric ^ u.precision as quantity
    from jsonb_to_recordset(o.bom_lines) as b (component text, quantity numeric)
    join material m on m.code = b.component
    join unit u on u.code = m.unit
    where b.component = r.material
) n on true
where r.quantity > coalesce(n.quantity, 0)
union all
-- What an order and its partial orders took out of a lot is what it has consumed of it.
select concat(coalesce(a.number, i.number), ' consumed ', coalesce(a.quantity, 0), ' of ', coalesce(a.lot, i.lot), ', movements say ',
    coalesce(i.quantity, 0))
from (
    select production_order as number, lot, sum(quantity) as quantity from allocation where state = 'Consumed' group by 1, 2
) a
full join (
    select coalesce(case when o.kind = 'partial' then o.parent end, o.number) as number, i.lot, -sum(i.quantity) as quantity
    from inventory_movement i
    join production_order o on o.number = i.reference
    where i.type = 'PRODUCTION_OUT' and not i.withdrawn
    group by 1, 2
) i on i.number = a.number and i.lot = a.lot
where coalesce(a.quantity, 0) <> coalesce(i.quantity, 0)
