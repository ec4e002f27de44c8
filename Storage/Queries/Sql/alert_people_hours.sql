-- Who took how many in which hour.
select date_trunc('hour', acknowledged_at, 'UTC'), acknowledged_by, count(*)
from alert
where acknowledged_at >= @from and acknowledged_by is not null
group by 1, 2
order by 1, 2
