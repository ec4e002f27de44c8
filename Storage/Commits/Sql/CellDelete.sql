with met as (
    delete from matrix_cell c
    using unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[])
        as u (key, production_order, x, y, expected_version)
    where c.production_order = u.production_order and c.x = u.x and c.y = u.y and c.version = u.expected_version
    returning u.key
)
select premise('CellDelete', $1::text[], (select array_agg(key) from met));
