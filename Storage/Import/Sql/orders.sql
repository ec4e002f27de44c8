create temp table import_layout on commit drop as
    select "order" as number, jsonb_build_object(
        'x', coalesce(jsonb_agg(value order by position) filter (where axis = 'x'), '[]'),
        'y', coalesce(jsonb_agg(jsonb_build_object('value', value, 'proportion', proportion) order by position)
            filter (where axis = 'y'), '[]')) as axes
    from import_order_axes group by 1;
create temp table import_copied on commit drop as
    select i."order" as number, jsonb_agg(jsonb_build_object('component', i.component, 'quantity', i.quantity,
        'unit', coalesce(i.unit, m.unit)) order by i.position) as bom_lines
    from import_order_bom_lines i join material m on m.code = i.component group by 1;
with written as (
    insert into production_order (number, kind, parent, status, matrix_state, material, bom, bom_lines, axes, quantity, produced, moved,
        origin_location, destination_location, line, line_position, sales_order, due_date, priority, observations, partials,
        awaits_materials, created_by, created_at, updated_at, started_at, finished_at)
    select i.number, coalesce(i.kind, 'main'), i.parent, i.status, i."matrixState", i.material, i.bom,
        -- A partial order carries its parent's recipe; sending it again for each would only repeat it.
        coalesce(own.bom_lines, case when i.kind = 'partial' then inherited.bom_lines end, '[]'),
        a.axes, i.quantity, coalesce(i.produced, 0), coalesce(i.moved, 0), i."originLocation", i."destinationLocation",
        i.line, i."linePosition", i."salesOrder", i."dueDate", coalesce(i.priority, 5), i.observations,
        coalesce(p.partials, 0), coalesce(i."awaitsMaterials", false), coalesce(i."createdBy", r.actor),
        coalesce(i."createdAt", r.now), coalesce(i."updatedAt", i."createdAt", r.now), i."startedAt", i."finishedAt"
    from import_orders i cross join import_run r
        left join import_layout a on a.number = i.number
        left join import_copied own on own.number = i.number
        left join import_copied inherited on inherited.number = i.parent
        left join (
            select parent, max(substring(number from '-([0-9]{1,9})$')::int) as partials
            from import_orders where kind = 'partial' group by 1) p on p.parent = i.number
    order by source_line
    returning number)
insert into import_written (kind, key, created) select 'order', number, true from written
