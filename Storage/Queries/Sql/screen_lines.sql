select l.code, l.name, l.capacity_kg, queue.kg, today.units, today.kg, queue.orders
from production_line l
cross join lateral (
    select coalesce(sum(outstanding.units * coalesce(m.unit_weight_kg, 0)), 0) as kg,
        coalesce(jsonb_agg(jsonb_build_object('number', o.number, 'name', m.name, 'status', o.status, 'quantity', o.quantity,
            'outstanding', outstanding.units, 'unitKg', coalesce(m.unit_weight_kg, 0),
            'due', o.status = 'InProgress' or coalesce(o.due_date <= @today, false))
            order by o.status <> 'InProgress', o.line_position nulls last, o.id), '[]') as orders
    from production_order o
    join material m on m.code = o.material
/*include outstanding*/
    where o.line = l.code and o.status in ('Draft', 'Planned', 'InProgress')
) queue
cross join lateral (
    select coalesce(sum(i.quantity), 0) as units, coalesce(sum(i.quantity * coalesce(m.unit_weight_kg, 0)), 0) as kg
    from inventory_movement i
    join production_order o on o.number = i.reference and o.line = l.code
    join material m on m.code = i.material
    where i.at >= @midnight and i.type = 'PRODUCTION_IN' and not i.withdrawn
) today
where l.active
order by l.code
