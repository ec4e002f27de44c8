with u as (
    select u.key, u.expected_version, d.*
    from unnest($1::text[], $2::int[], $3::jsonb[]) as u (key, expected_version, json)
    cross join lateral jsonb_to_record(u.json) as d (name text, "capacityKg" numeric, active boolean)
),
inserted as (
    insert into production_line (code, name, capacity_kg, active)
    select d.key, d.name, d."capacityKg", coalesce(d.active, true)
    from u as d
    where d.expected_version = 0
    on conflict (code) do nothing
    returning code::text as key
),
updated as (
    update production_line t
    set name = d.name,
        capacity_kg = d."capacityKg",
        active = coalesce(d.active, true),
        version = t.version + 1
    from u as d
    where t.code = d.key and t.version = d.expected_version
    returning d.key
)
select premise('MasterWrite.ProductionLine', $1::text[],
    (select array_agg(key) from (select key from inserted union all select key from updated) met));
