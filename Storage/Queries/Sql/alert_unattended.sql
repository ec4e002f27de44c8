-- What waits for each role, counted by cause: one cause is one alert.
select role, count(distinct coalesce(cause, condition)), bool_or(severity = 'critical')
from alert
where state = 'active' and shelved_until is null
group by role
order by role
