with raised as (
    insert into alert (condition, cause, kind, severity, subject, role, state, text_es, text_en, data, raised_at, waits_since)
    select u.condition, u.cause, u.kind, u.severity, u.subject, u.role, 'active', u.text_es, u.text_en, u.data, u.raised_at, u.raised_at
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[],
    $10::timestamptz[])
            as u (condition, cause, kind, severity, subject, role, text_es, text_en, data, raised_at)
    on conflict (condition) where state <> 'cleared' do nothing
    returning id, version, alert as raised
)
insert into event (type, subject, version, actor, data)
select 'alert-raised', 'alert:' || r.id, r.version, 'system', alert_json(r.raised)
from raised r
