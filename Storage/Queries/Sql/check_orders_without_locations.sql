select number::text
from production_order
where status in ('Draft', 'Planned', 'InProgress') and (origin_location is null or destination_location is null)
