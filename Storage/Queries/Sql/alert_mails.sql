-- Unattended and not yet told to the role that must act, of these severities and roles.
select a.id, a.severity, a.role, a.text_es, a.raised_at, a.escalated_at, coalesce(a.cause, a.condition)
from alert a
where a.state = 'active' and a.shelved_until is null and a.mailed_role is distinct from a.role
    and a.severity = any ($1::text[]) and a.role = any ($2::text[])
order by a.id
limit $3
