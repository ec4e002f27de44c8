insert into line_compatibility (line, material, priority)
select u.key, c.material, coalesce(c.priority, 5)
from unnest($1::text[], $2::int[], $3::jsonb[]) as u (key, expected_version, json)
cross join lateral rows from (jsonb_to_recordset(coalesce(u.json -> 'products', '[]')) as (material text, priority int))
    with ordinality as c (material, priority, position);
