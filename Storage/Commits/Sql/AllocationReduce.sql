with met as (
    update allocation a
    set quantity = a.quantity - u.quantity
    from unnest($1::text[], $2::text[], $3::text[], $4::numeric[])
        as u (key, production_order, lot, quantity)
    where a.production_order = u.production_order and a.lot = u.lot and a.state = 'Reserved' and a.quantity > u.quantity
    returning u.key
)
select premise('AllocationReduce', $1::text[], (select array_agg(key) from met));
