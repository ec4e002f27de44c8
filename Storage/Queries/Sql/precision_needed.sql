-- The decimals that say something in any quantity of the unit's materials.
select coalesce(max(scale(trim_scale(q.quantity))), 0)
from (select code, min_stock, critical_quantity from material where unit = @code) m
cross join lateral (
    select m.min_stock as quantity
    union all select m.critical_quantity
    union all select unnest(array[l.quantity, l.on_hand, l.reserved]) from lot l where l.material = m.code
    union all select unnest(array[o.quantity, o.produced]) from production_order o where o.material = m.code
    union all select unnest(array[c.planned, c.to_produce]) from production_order o
        join matrix_cell c on c.production_order = o.number where o.material = m.code
    union all select i.quantity from inventory_movement i where i.material = m.code
    union all select s.quantity from sales_line s where s.material = m.code
    union all select r.quantity from requisition_line r where r.material = m.code
) q
