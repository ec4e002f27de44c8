-- Per person: what they acknowledged, and how long it had waited.
select acknowledged_by, count(*), percentile_cont(0.5) within group (order by extract(epoch from acknowledged_at - raised_at))
from alert
where acknowledged_at >= @from and acknowledged_by is not null
group by acknowledged_by
order by count(*) desc, acknowledged_by
