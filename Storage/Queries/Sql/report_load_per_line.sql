select row_to_json(r)
from (
    select l.code, l.name, trim_scale(l.capacity_kg) as "capacityKg", trim_scale(round(assigned.kg, 3)) as "assignedKg",
        trim_scale(round(assigned.kg / l.capacity_kg * 100, 1)) as percent, (
            select count(*) from production_order q where q.line = l.code and q.status in ('Draft', 'Planned', 'InProgress')
        ) as orders
    from production_line l
/*include line_assigned*/
    order by assigned.kg / l.capacity_kg desc, l.code
) r
