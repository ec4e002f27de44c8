with met as (
    update sales_order s
    set status = u.status,
        customer = u.customer,
        due_date = u.due_date,
        version = s.version + 1
    from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::date[])
        as u (key, expected_version, status, customer, due_date)
    where s.number = u.key and s.version = u.expected_version
    returning u.key
)
select premise('SalesOrderUpdate', $1::text[], (select array_agg(key) from met));
