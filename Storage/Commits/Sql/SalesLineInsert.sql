with met as (
    insert into sales_line (sales_order, position, material, quantity, production_order)
    select u.sales_order, u.position, u.material, u.quantity, u.production_order from
        unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::numeric[], $6::text[])
        as u (key, sales_order, position, material, quantity, production_order)
    on conflict do nothing
    returning concat_ws(e'\x1f', sales_order, position) as key
)
select premise('SalesLineInsert', $1::text[], (select array_agg(key) from met));
