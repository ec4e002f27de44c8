select number
from production_order
where number = any ($2::text[]) and status in ('Draft', 'Planned', 'InProgress') and due_date < $1::date
order by id
