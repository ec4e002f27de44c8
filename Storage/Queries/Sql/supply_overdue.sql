select number from production_order where status in ('Draft', 'Planned', 'InProgress') and due_date < $1::date order by id
