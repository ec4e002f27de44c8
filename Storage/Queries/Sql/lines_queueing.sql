select distinct line
from production_order
where line is not null and status in ('Draft', 'Planned', 'InProgress') and material = any ($1)
