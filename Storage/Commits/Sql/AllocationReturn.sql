with consumed as (
    select a.id, u.key, u.quantity, u.at, sum(a.quantity) over (partition by u.key order by a.settled_at desc, a.id desc) as upto
    from unnest($1::text[], $2::text[], $3::text[], $4::numeric[], $5::timestamptz[])
        as u (key, production_order, lot, quantity, at)
    join allocation a on a.production_order = u.production_order and a.lot = u.lot and a.state = 'Consumed'
),
met as (
    update allocation a
    set state = 'Released',
        settled_at = c.at
    from consumed c
    where a.id = c.id and c.upto <= c.quantity
    returning c.key, a.quantity
)
select premise('AllocationReturn', $1::text[], (
    select array_agg(u.key)
    from unnest($1::text[], $4::numeric[]) as u (key, quantity)
    where u.quantity = (select sum(m.quantity) from met m where m.key = u.key)
));
