with cleared as (
    update alert a
    set state = 'cleared', cleared_at = u.cleared_at, shelved_until = null, shelved_by = null, version = a.version + 1
    from unnest($1::text[], $2::timestamptz[])
            as u (condition, cleared_at)
    where a.condition = u.condition and a.state <> 'cleared'
    returning a.id, a.version, a as cleared
)
insert into event (type, subject, version, actor, data)
select 'alert-changed', 'alert:' || c.id, c.version, 'system', alert_json(c.cleared)
from cleared c
