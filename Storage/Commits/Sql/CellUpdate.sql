with met as (
    update matrix_cell c
    set planned = u.planned,
        to_produce = u.to_produce,
        produced = u.produced,
        moved = u.moved,
        version = u.version,
        set_by = u.set_by,
        set_at = u.set_at
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::numeric[], $7::numeric[], $8::numeric[], $9::numeric[],
    $10::int[], $11::text[], $12::timestamptz[])
        as u (key, production_order, x, y, expected_version, planned, to_produce, produced, moved, version, set_by, set_at)
    where c.production_order = u.production_order and c.x = u.x and c.y = u.y and c.version = u.expected_version
    returning u.key
)
select premise('CellUpdate', $1::text[], (select array_agg(key) from met));
