select o.number, o.id, o.line, o.material, m.name, o.status, o.quantity, outstanding.units,
    outstanding.units * coalesce(m.unit_weight_kg, 0), o.due_date, o.priority, o.line_position
from production_order o
join material m on m.code = o.material
/*include outstanding*/
where o.status in ('Draft', 'Planned', 'InProgress')
/*?line*/ and o.line = @line
/*?numbers*/ and o.number = any (@numbers)
