select number, kind, parent, status, matrix_state, material, bom, bom_lines, axes, quantity, produced, moved, origin_location,
    destination_location, line, line_position, sales_order, due_date, priority, observations, partials, awaits_materials, version,
    created_by, created_at, updated_at, started_at, finished_at
from production_order
where number = any ($1)
order by id desc
