select l.code, l.name, c.priority, floor(l.capacity_kg / nullif(m.unit_weight_kg, 0)), assigned.kg,
    round(assigned.kg / l.capacity_kg * 100, 1), l.capacity_kg
from production_order wanted
join material m on m.code = wanted.material
join line_compatibility c on c.material = m.code
join production_line l on l.code = c.line and l.active
/*include line_assigned*/
where wanted.number = @order
order by c.priority, assigned.kg / l.capacity_kg, l.code
