with withdrawn as (
    update inventory_movement m
    set withdrawn = true
    from unnest($1::text[], $2::int[])
        as u (key, count)
    where m.reference = u.key and not m.withdrawn
    returning u.key
),
met as (
    select u.key
    from unnest($1::text[], $2::int[])
        as u (key, count)
    where u.count is null or u.count = (select count(*) from withdrawn w where w.key = u.key)
)
select premise('MovementWithdraw', $1::text[], (select array_agg(key) from met));
