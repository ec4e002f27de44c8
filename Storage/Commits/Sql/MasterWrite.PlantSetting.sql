with u as (
    select u.key, u.expected_version, d.*
    from unnest($1::text[], $2::int[], $3::jsonb[]) as u (key, expected_version, json)
    cross join lateral jsonb_to_record(u.json) as d (value text)
),
inserted as (
    insert into plant_setting (key, value)
    select d.key, d.value
    from u as d
    where d.expected_version = 0
    on conflict (key) do nothing
    returning key::text as key
),
updated as (
    update plant_setting t
    set value = d.value,
        version = t.version + 1
    from u as d
    where t.key = d.key and t.version = d.expected_version
    returning d.key
)
select premise('MasterWrite.PlantSetting', $1::text[],
    (select array_agg(key) from (select key from inserted union all select key from updated) met));
