with u as (
    select * from
        unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::numeric[], $6::numeric[], $7::text[], $8::timestamptz[], $9::numeric[])
        as u (key, stock_count, lot, expected_version, counted, booked, by, at, posted)
),
inserted as (
    insert into stock_count_line (stock_count, lot, counted, booked, counted_by, counted_at, posted)
    select u.stock_count, u.lot, u.counted, u.booked, u.by, u.at, u.posted
    from u
    where u.expected_version = 0
    on conflict do nothing
    returning concat_ws(e'\x1f', stock_count, lot) as key
),
updated as (
    update stock_count_line l
    set counted = u.counted, booked = u.booked, counted_by = u.by, counted_at = u.at, posted = u.posted, version = l.version + 1
    from u
    where l.stock_count = u.stock_count and l.lot = u.lot and l.version = u.expected_version
    returning u.key
)
select premise('CountLineWrite', $1::text[],
    (select array_agg(key) from (select key from inserted union all select key from updated) met));
