with u as (
    select u.key, u.expected_version, d.*
    from unnest($1::text[], $2::int[], $3::jsonb[]) as u (key, expected_version, json)
    cross join lateral jsonb_to_record(u.json) as d (material text, active boolean, "createdAt" timestamptz, "createdBy" text)
),
inserted as (
    insert into bom (code, material, active, created_at, created_by)
    select d.key, d.material, coalesce(d.active, true), coalesce(d."createdAt", now()), coalesce(d."createdBy", '')
    from u as d
    where d.expected_version = 0
    on conflict (code) do nothing
    returning code::text as key
),
updated as (
    update bom t
    set material = d.material,
        active = coalesce(d.active, true),
        version = t.version + 1
    from u as d
    where t.code = d.key and t.version = d.expected_version
    returning d.key
)
select premise('MasterWrite.Bom', $1::text[],
    (select array_agg(key) from (select key from inserted union all select key from updated) met));
