-- What is still to come for this order or its sale, by material: not yet delivered, or delivered and not yet inspected.
with mine as (
    select number, status from requisition where (production_order = $1 or sales_order = $2) and status <> 'Cancelled'
),
to_come as (
    select l.material, greatest(0, l.quantity - coalesce((
        select sum(m.quantity) from inventory_movement m
        where m.reference = r.number and m.material = l.material and m.type = 'PURCHASE_IN' and not m.withdrawn
    ), 0)) as quantity
    from mine r
    join requisition_line l on l.requisition = r.number
    where r.status <> 'Received'
    union all
    select t.material, t.on_hand
    from mine r
    join lot t on t.requisition = r.number
    where t.status = 'Quarantine'
)
select material, sum(quantity) from to_come group by material
