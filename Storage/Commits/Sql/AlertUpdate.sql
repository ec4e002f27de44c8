with met as (
    update alert a
    set state = u.state,
        acknowledged_at = u.acknowledged_at,
        acknowledged_by = u.acknowledged_by,
        note = u.note,
        escalated_at = u.escalated_at,
        cleared_at = u.cleared_at,
        role = coalesce(u.role, a.role),
        shelved_until = u.shelved_until,
        shelved_by = u.shelved_by,
        waits_since = coalesce(u.waits_since, a.waits_since),
        text_es = coalesce(u.text_es, a.text_es),
        text_en = coalesce(u.text_en, a.text_en),
        version = a.version + 1
    from unnest($1::text[], $2::bigint[], $3::int[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::timestamptz[],
    $9::timestamptz[], $10::text[], $11::timestamptz[], $12::text[], $13::timestamptz[], $14::text[], $15::text[], $16::text[])
        as u (key, id, expected_version, state, acknowledged_at, acknowledged_by, note, escalated_at, cleared_at, role, shelved_until,
            shelved_by, waits_since, actor, text_es, text_en)
    where a.id = u.id and a.version = u.expected_version
    returning u.key, u.actor, a.id, a.version, a as changed
),
told as (
    insert into event (type, subject, version, actor, data)
    select 'alert-changed', 'alert:' || m.id, m.version, m.actor, alert_json(m.changed)
    from met m
)
select premise('AlertUpdate', $1::text[], (select array_agg(key) from met));
