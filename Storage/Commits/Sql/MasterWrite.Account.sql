with u as (
    select u.key, u.expected_version, d.*
    from unnest($1::text[], $2::int[], $3::jsonb[]) as u (key, expected_version, json)
    cross join lateral jsonb_to_record(u.json) as d (name text, kind text)
),
inserted as (
    insert into account (code, name, kind)
    select d.key, d.name, coalesce(d.kind, 'Asset')
    from u as d
    where d.expected_version = 0
    on conflict (code) do nothing
    returning code::text as key
),
updated as (
    update account t
    set name = d.name,
        kind = coalesce(d.kind, 'Asset'),
        version = t.version + 1
    from u as d
    where t.code = d.key and t.version = d.expected_version
    returning d.key
)
select premise('MasterWrite.Account', $1::text[],
    (select array_agg(key) from (select key from inserted union all select key from updated) met));
