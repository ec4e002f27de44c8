with met as (
    update production_order o
    set status = u.status,
        matrix_state = u.matrix_state,
        axes = u.axes,
        quantity = u.quantity,
        produced = u.produced,
        moved = u.moved,
        origin_location = u.origin_location,
        destination_location = u.destination_location,
        line = u.line,
        line_position = u.line_position,
        sales_order = u.sales_order,
        due_date = u.due_date,
        priority = u.priority,
        observations = u.observations,
        bom_lines = u.bom_lines,
        partials = u.partials,
        awaits_materials = u.awaits_materials,
        updated_at = u.updated_at,
        started_at = u.started_at,
        finished_at = u.finished_at,
        version = o.version + 1
    from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::jsonb[], $6::numeric[], $7::numeric[], $8::numeric[], $9::text[],
    $10::text[], $11::text[], $12::numeric[], $13::text[], $14::date[], $15::int[], $16::text[], $17::jsonb[], $18::int[],
    $19::boolean[], $20::timestamptz[], $21::timestamptz[], $22::timestamptz[])
        as u (key, expected_version, status, matrix_state, axes, quantity, produced, moved, origin_location,
            destination_location, line, line_position, sales_order, due_date, priority, observations, bom_lines, partials,
            awaits_materials, updated_at, started_at, finished_at)
    where o.number = u.key and o.version = u.expected_version
    returning u.key
)
select premise('OrderUpdate', $1::text[], (select array_agg(key) from met));
