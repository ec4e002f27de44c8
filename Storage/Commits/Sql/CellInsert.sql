with met as (
    insert into matrix_cell (production_order, x, y, planned, to_produce, produced, moved, version, set_by, set_at)
    select u.production_order, u.x, u.y, u.planned, u.to_produce, u.produced, u.moved, u.version, u.set_by, u.set_at from
        unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::numeric[], $7::numeric[], $8::numeric[], $9::int[],
    $10::text[], $11::timestamptz[])
        as u (key, production_order, x, y, planned, to_produce, produced, moved, version, set_by, set_at)
    on conflict do nothing
    returning concat_ws(e'\x1f', production_order, x, y) as key
)
select premise('CellInsert', $1::text[], (select array_agg(key) from met));
