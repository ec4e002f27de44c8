with cards as materialized (
    select o.*
    from unnest(array['Draft', 'Planned', 'InProgress', 'Done', 'Cancelled']) with ordinality as s (status, place)
    cross join lateral (
        select o.id, o.number, o.kind, o.status, o.matrix_state, o.material, o.quantity, o.produced, o.moved, o.due_date, o.priority,
            o.line, o.sales_order, o.awaits_materials, o.version, o.origin_location, o.bom_lines
        from production_order o
        where o.status = s.status and o.kind <> 'partial'
/*include order_filters*/
        order by o.id desc
        limit @limit
    ) o
),
need as (
    select c.number, c.origin_location, l.component, l.quantity * greatest(c.quantity - c.moved - c.produced, 0) as required
    from cards c
    cross join lateral jsonb_to_recordset(c.bom_lines) as l (component text, quantity numeric)
    where c.status in ('Draft', 'Planned', 'InProgress')
),
-- Once per component and place, however many cards ask for it.
free as materialized (
    select w.component, w.origin_location, coalesce((
            select sum(t.on_hand - t.reserved) from lot t
            where t.material = w.component and t.status = 'Available' and (t.expires_on is null or t.expires_on > @today)
                and (w.origin_location is null or t.location = w.origin_location)
        ), 0) as units
    from (select distinct component, origin_location from need) w
),
short as (
    select distinct n.number
    from need n
    join free f on f.component = n.component and f.origin_location is not distinct from n.origin_location
    where n.required > f.units + coalesce((
        select sum(a.quantity) from allocation a
        where a.production_order = n.number and a.material = n.component and a.state = 'Reserved'
    ), 0)
)
select c.number, c.kind, c.status, c.matrix_state, c.material, m.name, c.quantity, c.produced, c.moved, c.due_date, c.priority, c.line,
    c.sales_order, c.awaits_materials, s.number is not null, c.version
from cards c
join material m on m.code = c.material
left join short s on s.number = c.number
order by c.id desc
