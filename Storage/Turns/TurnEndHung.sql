select count(pg_terminate_backend(a.pid))
from pg_locks l
join pg_stat_activity a on a.pid = l.pid
where l.locktype = 'advisory' and l.granted and l.objsubid = 2
    and l.database = (select oid from pg_database where datname = current_database())
    and l.classid = $1::int::oid and l.objid = ($2::bigint & 4294967295)::oid
    and a.state = 'idle' and a.state_change < clock_timestamp() - $3::interval
