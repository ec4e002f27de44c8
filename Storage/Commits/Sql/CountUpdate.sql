with met as (
    update stock_count c
    set status = u.status, closed_by = u.closed_by, closed_at = u.closed_at, version = c.version + 1
    from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::timestamptz[])
        as u (key, expected_version, status, closed_by, closed_at)
    where c.number = u.key and c.version = u.expected_version
    returning u.key
)
select premise('CountUpdate', $1::text[], (select array_agg(key) from met));
