with met as (
    insert into requisition (number, supplier, status, mail, sales_order, production_order, created_by, created_at, version)
    select * from
        unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::int[])
        as u (number, supplier, status, mail, sales_order, production_order, created_by, created_at, version)
    on conflict do nothing
    returning number::text as key
)
select premise('RequisitionInsert', $1::text[], (select array_agg(key) from met));
