with returned as (
    update alert a
    set shelved_until = null, shelved_by = null, waits_since = u.at, version = a.version + 1
    from unnest($1::bigint[], $2::timestamptz[]) as u (id, at)
    where a.id = u.id and a.state = 'active' and a.shelved_until <= u.at
    returning a.id, a.version, a as returned
)
insert into event (type, subject, version, actor, data)
select 'alert-changed', 'alert:' || r.id, r.version, 'system', alert_json(r.returned)
from returned r
