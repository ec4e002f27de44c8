    -- What is still to be made here: of a planned matrix the cells above zero.
    cross join lateral (
        select case
            when o.status in ('Done', 'Cancelled') then 0
            when o.matrix_state is null then greatest(o.quantity - o.produced - o.moved, 0)
            when o.matrix_state = 'pending' then o.quantity
            else coalesce((
                select sum(greatest(c.planned - c.produced - c.moved, 0)) from matrix_cell c where c.production_order = o.number
            ), 0)
        end as units
        -- Worked out once per order, however often it is read.
        offset 0
    ) outstanding
