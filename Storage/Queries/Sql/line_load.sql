select l.code, l.name, l.active, l.capacity_kg, queue.kg, round(queue.kg / l.capacity_kg * 100, 1), today.produced,
    today.produced + queue.due, queue.orders
from production_line l
cross join lateral (
    select coalesce(sum(outstanding.units * coalesce(m.unit_weight_kg, 0)), 0) as kg,
        coalesce(sum(outstanding.units) filter (where o.status = 'InProgress' or o.due_date <= @today), 0) as due,
        coalesce(jsonb_agg(jsonb_build_object('number', o.number, 'material', o.material, 'materialName', m.name, 'status', o.status,
            'outstanding', outstanding.units, 'kg', outstanding.units * coalesce(m.unit_weight_kg, 0), 'dueDate', o.due_date,
            'priority', o.priority, 'position', o.line_position) order by o.line_position nulls last, o.id), '[]') as orders
    from production_order o
    join material m on m.code = o.material
/*include outstanding*/
    where o.line = l.code and o.status in ('Draft', 'Planned', 'InProgress')
) queue
cross join lateral (
    select coalesce(sum(i.quantity), 0) as produced
    from inventory_movement i
    join production_order o on o.number = i.reference and o.line = l.code
    where i.at >= @midnight and i.type = 'PRODUCTION_IN' and not i.withdrawn
) today
where true
/*?code*/ and l.code = @code
order by l.code
