insert into bom_line (bom, position, component, quantity, unit)
select u.key, c.position, c.component, c.quantity, coalesce(c.unit, m.unit)
from unnest($1::text[], $2::int[], $3::jsonb[]) as u (key, expected_version, json)
cross join lateral rows from (jsonb_to_recordset(coalesce(u.json -> 'lines', '[]')) as (component text, quantity numeric, unit text))
    with ordinality as c (component, quantity, unit, position)
left join material m on m.code = c.component;
