-- Somebody may have taken or shelved it since it was looked at: then there is nothing to escalate.
with escalated as (
    update alert a
    set escalated_at = u.at, role = u.role, version = a.version + 1
    from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as u (id, role, at)
    where a.id = u.id and a.state = 'active' and a.escalated_at is null and a.shelved_until is null
    returning a.id, a.version, a as escalated
)
insert into event (type, subject, version, actor, data)
select 'alert-changed', 'alert:' || e.id, e.version, 'system', alert_json(e.escalated)
from escalated e
