select id, coalesce(waits_since, raised_at), kind
from alert
where state = 'active' and escalated_at is null and shelved_until is null
order by id
