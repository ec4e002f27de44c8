insert into inventory_movement (type, material, lot, location, quantity, reference, reason, by, at, unit_cost)
select * from
    unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::text[], $7::text[], $8::text[], $9::timestamptz[],
    $10::numeric[])
        as u (type, material, lot, location, quantity, reference, reason, by, at, unit_cost)
