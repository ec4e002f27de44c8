with met as (
    insert into production_order (number, kind, parent, status, matrix_state, material, bom, bom_lines, axes, quantity,
    produced, moved, origin_location, destination_location, line, line_position, sales_order, due_date, priority,
    observations, partials, awaits_materials, version, created_by, created_at, updated_at, started_at, finished_at)
    select * from
        unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::jsonb[],
    $10::numeric[], $11::numeric[], $12::numeric[], $13::text[], $14::text[], $15::text[], $16::numeric[], $17::text[],
    $18::date[], $19::int[], $20::text[], $21::int[], $22::boolean[], $23::int[], $24::text[], $25::timestamptz[],
    $26::timestamptz[], $27::timestamptz[], $28::timestamptz[])
        as u (number, kind, parent, status, matrix_state, material, bom, bom_lines, axes, quantity, produced, moved,
            origin_location, destination_location, line, line_position, sales_order, due_date, priority, observations,
            partials, awaits_materials, version, created_by, created_at, updated_at, started_at, finished_at)
    -- The place on a line is a deferrable constraint, which cannot be an arbiter.
    on conflict (number) do nothing
    returning number::text as key
)
select premise('OrderInsert', $1::text[], (select array_agg(key) from met));
