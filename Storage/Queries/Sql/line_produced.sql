select coalesce(sum(i.quantity), 0)
from production_order o
join inventory_movement i on i.reference = o.number and i.type = 'PRODUCTION_IN' and not i.withdrawn
where o.line = $1 and o.finished_at >= $2
