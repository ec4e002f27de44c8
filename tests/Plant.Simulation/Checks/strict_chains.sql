-- An order whose rest is made by others is Done exactly when all of them are closed.
with recursive below as (
    select b.parent as head, b.number, b.status from production_order b where b.kind = 'backorder'
    union all
    select h.head, o.number, o.status from production_order o join below h on o.parent = h.number where o.kind in ('backorder', 'split')
),
chain as (
    select head, bool_and(status in ('Done', 'Cancelled')) as closed from below group by head
)
select concat(o.number, ' is ', o.status, ', its chain is ', case when c.closed then 'closed' else 'open' end)
from production_order o
join chain c on c.head = o.number
cross join lateral (
    select bool_and(m.planned - m.produced - m.moved <= 0) as empty from matrix_cell m where m.production_order = o.number
) left_over
where o.moved > 0 and ((o.status = 'InProgress' and c.closed and left_over.empty) or (o.status = 'Done' and not c.closed))
