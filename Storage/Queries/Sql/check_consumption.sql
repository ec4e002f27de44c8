-- What partial orders used counts with the order that was exploded, since only their sum is rounded as the recipe says.
with used as (
    select coalesce(case when o.kind = 'partial' then o.parent end, o.number) as number, i.material, -sum(i.quantity) as quantity
    from inventory_movement i
    join production_order o on o.number = i.reference
    where i.type = 'PRODUCTION_OUT' and not i.withdrawn
    group by 1, 2
),
due as (
    select o.number, l.component as material, ceil(sum(l.quantity) * o.produced * 10::numeric ^ u.precision) / 10::numeric ^ u.precision as quantity
    from production_order o
    cross join lateral jsonb_to_recordset(o.bom_lines) as l (component text, quantity numeric)
    join material m on m.code = l.component
    join unit u on u.code = m.unit
    where o.kind <> 'partial' and o.status <> 'Cancelled' and (o.status = 'Done' or o.matrix_state is not null)
    group by o.number, l.component, o.produced, u.precision
)
select coalesce(due.number, used.number)::text
from due
full join used on used.number = due.number and used.material = due.material
where coalesce(due.quantity, 0) <> coalesce(used.quantity, 0)
union
select i.reference::text
from inventory_movement i
join lot l on l.code = i.lot
where i.type = 'PRODUCTION_OUT' and not i.withdrawn and l.expires_on <= (i.at at time zone @zone)::date
