select number
from production_order
where number = any ($1::text[]) and awaits_materials and status in ('Draft', 'Planned', 'InProgress')
