with met as (
    update allocation a
    set state = u.state,
        quantity = u.settled,
        settled_at = u.settled_at
    from unnest($1::text[], $2::text[], $3::text[], $4::numeric[], $5::text[], $6::timestamptz[], $7::numeric[])
        as u (key, production_order, lot, quantity, state, settled_at, settled)
    where a.production_order = u.production_order and a.lot = u.lot and a.state = 'Reserved' and a.quantity = u.quantity
    returning u.key
)
select premise('AllocationSettle', $1::text[], (select array_agg(key) from met));
