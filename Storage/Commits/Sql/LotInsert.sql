with met as (
    insert into lot (code, material, status, quantity, on_hand, reserved, expires_on, supplier, supplier_lot, location,
    attributes, bulk, production_order, requisition, received_at, version)
    select * from
        unnest($1::text[], $2::text[], $3::text[], $4::numeric[], $5::numeric[], $6::numeric[], $7::date[], $8::text[], $9::text[],
    $10::text[], $11::jsonb[], $12::boolean[], $13::text[], $14::text[], $15::timestamptz[], $16::int[])
        as u (code, material, status, quantity, on_hand, reserved, expires_on, supplier, supplier_lot, location, attributes,
            bulk, production_order, requisition, received_at, version)
    on conflict do nothing
    returning code::text as key
)
select premise('LotInsert', $1::text[], (select array_agg(key) from met));
