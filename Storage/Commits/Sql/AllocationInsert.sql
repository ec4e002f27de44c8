with met as (
    insert into allocation (production_order, lot, material, quantity, state, by, at, settled_at)
    select u.production_order, u.lot, u.material, u.quantity, u.state, u.by, u.at, u.settled_at from
        unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::text[], $7::text[], $8::timestamptz[],
    $9::timestamptz[])
        as u (key, production_order, lot, material, quantity, state, by, at, settled_at)
    on conflict do nothing
    returning concat_ws(e'\x1f', production_order, lot, state) as key
)
select premise('AllocationInsert', $1::text[], (select array_agg(key) from met));
