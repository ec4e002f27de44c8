select date_trunc('hour', raised_at, 'UTC'), role, count(*), count(*) filter (where escalated_at is not null)
from alert
where raised_at >= @from
group by 1, 2
order by 1, 2
