with met as (
    insert into requisition_line (requisition, position, material, quantity, target_date)
    select u.requisition, u.position, u.material, u.quantity, u.target_date from
        unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::numeric[], $6::date[])
        as u (key, requisition, position, material, quantity, target_date)
    on conflict do nothing
    returning concat_ws(e'\x1f', requisition, position) as key
)
select premise('RequisitionLineInsert', $1::text[], (select array_agg(key) from met));
