with met as (
    insert into sales_order (number, status, customer, due_date, created_by, created_at, version)
    select * from
        unnest($1::text[], $2::text[], $3::text[], $4::date[], $5::text[], $6::timestamptz[], $7::int[])
        as u (number, status, customer, due_date, created_by, created_at, version)
    on conflict do nothing
    returning number::text as key
)
select premise('SalesOrderInsert', $1::text[], (select array_agg(key) from met));
