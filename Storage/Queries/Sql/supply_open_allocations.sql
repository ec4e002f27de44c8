select a.production_order, a.lot, a.quantity, o.due_date, o.priority, o.created_at
from allocation a
join production_order o on o.number = a.production_order
where a.lot = $1 and a.state = 'Reserved'
