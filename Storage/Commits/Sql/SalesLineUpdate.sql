with met as (
    update sales_line s
    set production_order = u.production_order
    from unnest($1::text[], $2::text[], $3::int[], $4::text[])
        as u (key, sales_order, position, production_order)
    where s.sales_order = u.sales_order and s.position = u.position
    returning u.key
)
select premise('SalesLineUpdate', $1::text[], (select array_agg(key) from met));
