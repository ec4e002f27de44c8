-- What lies under an alert, putting it aside for a while, and telling by mail.
alter table alert
    add column cause text collate "C",
    add column shelved_until timestamptz,
    add column shelved_by text,
    add column waits_since timestamptz,
    add column mailed_role text;

create or replace function alert_json(a alert) returns jsonb language sql stable as $f$
    select jsonb_build_object('id', a.id, 'kind', a.kind, 'severity', a.severity, 'subject', a.subject, 'cause',
        coalesce(a.cause, a.condition), 'role', a.role, 'state', a.state, 'es', a.text_es, 'en', a.text_en, 'raisedAt', a.raised_at,
        'acknowledgedBy', a.acknowledged_by, 'acknowledgedAt', a.acknowledged_at, 'note', a.note, 'escalatedAt', a.escalated_at,
        'shelvedUntil', a.shelved_until, 'shelvedBy', a.shelved_by, 'waitsSince', coalesce(a.waits_since, a.raised_at),
        'clearedAt', a.cleared_at, 'version', a.version)
$f$;

-- Every minute somebody asks for these; they are few among all that ever stood.
create index alert_unescalated on alert (id) where state = 'active' and escalated_at is null;
create index alert_shelved on alert (shelved_until) where shelved_until is not null;
create index alert_cause on alert ((coalesce(cause, condition))) where state <> 'cleared';
create index alert_raised on alert (raised_at);
create index alert_acknowledged on alert (acknowledged_at) where acknowledged_at is not null;
