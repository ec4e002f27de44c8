with recursive heads as (
    select parent, number, status from production_order where kind = 'backorder'
    union all
    select h.parent, o.number, h.status from production_order o join heads h on o.parent = h.number where o.kind = 'split'
)
select o.number::text
from production_order o
left join (
    select production_order, sum(planned) as planned, sum(produced) as produced, sum(moved) as moved
    from matrix_cell
    group by production_order
) c on c.production_order = o.number
left join (
    -- What backorders took over: what they still have and what was divided off them. One that was taken back counts or not with the
    -- quantity that its parent has moved.
    select h.parent, sum(o.quantity - case when o.kind = 'split' and o.status = 'Cancelled' then o.moved else 0 end) as most,
        sum(o.quantity - case when o.kind = 'split' and o.status = 'Cancelled' then o.moved else 0 end)
            filter (where h.status <> 'Cancelled') as least
    from heads h
    join production_order o on o.number = h.number
    group by h.parent
) b on b.parent = o.number
where o.matrix_state is not null
    and (o.produced <> coalesce(c.produced, 0)
        -- The cells of a pending matrix need not add up, also not when its order was divided off and taken back.
        or (o.matrix_state <> 'pending' and (o.moved <> coalesce(c.moved, 0) or o.quantity <> coalesce(c.planned, 0)))
        or (o.status <> 'Cancelled' and o.moved not between coalesce(b.least, 0) and coalesce(b.most, 0)))
