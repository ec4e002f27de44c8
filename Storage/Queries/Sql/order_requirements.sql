with recursive wanted as (
    select number, origin_location, bom_lines, quantity - moved as quantity
    from production_order
    where number = @order
),
need as (
    select array[l.component collate "C"] as path, array[l.position] as place, l.component collate "C" as component,
        ceil(l.quantity * w.quantity * 10::numeric ^ u.precision) / 10::numeric ^ u.precision as required
    from wanted w
    cross join lateral rows from (jsonb_to_recordset(w.bom_lines) as (component text, quantity numeric))
        with ordinality as l (component, quantity, position)
    join material m on m.code = l.component
    join unit u on u.code = m.unit
    union all
    select n.path || l.component::text, n.place || l.position::bigint, l.component::text,
        ceil(l.quantity * n.required * 10::numeric ^ u.precision) / 10::numeric ^ u.precision
    from need n
    join bom b on b.code = (
        select code from bom where material = n.component and active order by created_at desc, code desc limit 1
    )
    join bom_line l on l.bom = b.code
    join material m on m.code = l.component
    join unit u on u.code = m.unit
    -- A cycle cannot be saved; should one get in another way, the walk still ends.
    where l.component <> all (n.path)
),
-- The order itself and the partial orders that were produced from it.
made as (
    select number from wanted
    union all
    select p.number from production_order p join wanted w on p.parent = w.number where p.kind = 'partial' and p.status <> 'Cancelled'
)
select n.path, n.component, m.name, m.unit, trim_scale(n.required),
    case when cardinality(n.path) > 1 then 0 else coalesce((
        select sum(a.quantity) from allocation a
        where a.production_order = w.number and a.material = n.component and a.state = 'Reserved'
    ), 0) end,
    coalesce((
        select sum(t.on_hand - t.reserved) from lot t
        where t.material = n.component and t.status = 'Available' and (t.expires_on is null or t.expires_on > @today)
            and (w.origin_location is null or t.location = w.origin_location)
    ), 0),
    case when cardinality(n.path) > 1 then 0 else coalesce((
        select -sum(i.quantity) from made join inventory_movement i on i.reference = made.number
        where i.type = 'PRODUCTION_OUT' and i.material = n.component and not i.withdrawn
    ), 0) end
from need n
cross join wanted w
join material m on m.code = n.component
order by n.place
