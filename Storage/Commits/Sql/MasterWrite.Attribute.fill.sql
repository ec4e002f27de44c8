insert into attribute_value (attribute, position, code, name)
select u.key, c.position, c.code, c.name
from unnest($1::text[], $2::int[], $3::jsonb[]) as u (key, expected_version, json)
cross join lateral rows from (jsonb_to_recordset(coalesce(u.json -> 'values', '[]')) as (code text, name text))
    with ordinality as c (code, name, position);
