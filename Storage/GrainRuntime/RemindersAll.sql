select grain_id, name, start_at, period, last_fired_at
from grain_reminder
where $1::text is null or grain_id = $1::text
order by grain_id, name;
