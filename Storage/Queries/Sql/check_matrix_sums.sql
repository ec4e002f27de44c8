select o.number::text
from production_order o
left join (
    select production_order, sum(planned) as planned, sum(produced) as produced, sum(moved) as moved
    from matrix_cell
    group by production_order
) c on c.production_order = o.number
left join (
    select parent, sum(quantity) as quantity from production_order where kind = 'backorder' group by parent
) b on b.parent = o.number
where o.matrix_state is not null
    and (o.produced <> coalesce(c.produced, 0)
        or o.moved <> coalesce(c.moved, 0)
        or (o.matrix_state <> 'pending' and o.quantity <> coalesce(c.planned, 0))
        or (o.status <> 'Cancelled' and o.moved <> coalesce(b.quantity, 0)))
