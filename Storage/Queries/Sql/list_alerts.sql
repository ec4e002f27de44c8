select a.id, a.kind, a.severity, a.subject, a.role, a.state, a.text_es, a.text_en, a.data, a.raised_at, a.acknowledged_at,
    a.acknowledged_by, a.note, a.escalated_at, a.cleared_at, a.condition, a.version, coalesce(a.cause, a.condition), a.shelved_until,
    a.shelved_by, a.waits_since
from alert a
where true
/*?id*/ and a.id = @id
/*?state*/ and a.state = any (@state)
/*?severity*/ and a.severity = any (@severity)
/*?kind*/ and a.kind = any (@kind)
/*?subject*/ and a.subject = any (@subject)
/*?role*/ and a.role = any (@role)
/*?cause*/ and coalesce(a.cause, a.condition) = any (@cause) and a.state <> 'cleared'
/*?shelved*/ and a.shelved_until is not null
/*?unshelved*/ and a.shelved_until is null
/*?after*/ and a.id < @after
order by a.id desc
limit @limit
