with met as (
    insert into stock_count (number, status, location, material, blind, reason, created_by, created_at)
    select u.number, 'Open', u.location, u.material, u.blind, u.reason, u.created_by, u.created_at
    from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::text[], $6::text[], $7::timestamptz[])
        as u (number, location, material, blind, reason, created_by, created_at)
    on conflict do nothing
    returning number::text as key, location, material
),
lines as (
    insert into stock_count_line (stock_count, lot)
    select m.key, l.code
    from met m
    join lot l on l.location = m.location and (m.material is null or l.material = m.material)
    where l.on_hand > 0
)
select premise('CountInsert', $1::text[], (select array_agg(key) from met));
