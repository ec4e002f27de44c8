-- A cell has made what its lots hold, has moved what its backorders took over, and asks for no more than is left.
select concat(o.number, ' ', c.x, '/', c.y, ' made ', trim_scale(c.produced), ', its lots hold ', coalesce(trim_scale(made.quantity), 0))
from matrix_cell c
join production_order o on o.number = c.production_order
left join (
    select p.parent, l.attributes ->> 'TONO' as x, l.attributes ->> 'TALLA' as y, sum(l.quantity) as quantity
    from lot l
    join production_order p on p.number = l.production_order
    where p.kind = 'partial' and p.status = 'Done'
    group by 1, 2, 3
) made on made.parent = o.number and made.x = c.x and made.y = c.y
where c.produced <> coalesce(made.quantity, 0)
union all
select concat(o.number, ' ', o.status, ' ', c.x, '/', c.y, ' to produce ', trim_scale(c.to_produce), ' of ', trim_scale(c.planned - c.produced - c.moved))
from matrix_cell c
join production_order o on o.number = c.production_order
where c.to_produce > 0 and (o.status not in ('Planned', 'InProgress') or c.to_produce > 2 * (c.planned - c.produced - c.moved))
union all
select concat(o.number, ' ', c.x, '/', c.y, ' moved ', trim_scale(c.moved), ', taken over ', coalesce(trim_scale(taken.quantity), 0))
from matrix_cell c
join production_order o on o.number = c.production_order
left join lateral (
    with recursive heirs as (
        select b.number from production_order b where b.parent = o.number and b.kind = 'backorder' and b.status <> 'Cancelled'
        union all
        select s.number from production_order s join heirs h on s.parent = h.number where s.kind = 'split' and s.moved < s.quantity
    )
    select sum(h.planned) as quantity from heirs join matrix_cell h on h.production_order = heirs.number and h.x = c.x and h.y = c.y
) taken on true
where o.status in ('InProgress', 'Done') and c.moved <> coalesce(taken.quantity, 0)
    -- A backorder that was cancelled after it had been divided keeps what it had.
    and not exists (select from production_order b where b.parent = o.number and b.kind = 'backorder' and b.status = 'Cancelled')
union all
select concat(o.number, ' is ', o.status, ' with ', sum(greatest(0, c.planned - c.produced - c.moved)), ' outstanding')
from production_order o
join matrix_cell c on c.production_order = o.number
where o.status = 'Done'
group by o.number
having sum(greatest(0, c.planned - c.produced - c.moved)) > 0
