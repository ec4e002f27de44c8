-- Invariant 4: what was consumed is BOM × produced, rounded up to the component's precision, partial orders counted with it.
with mine as (
    select o.number, o.material, o.produced, o.bom_lines, i.source_line
    from import_orders i join production_order o on o.number = i.number
    where o.kind <> 'partial' and o.status <> 'Cancelled' and o.produced > 0),
reference as (
    select number as owner, number from mine
    union all
    select p.parent, p.number from production_order p join mine m on m.number = p.parent where p.kind = 'partial'),
moved as (
    select r.owner, v.type, v.material, sum(v.quantity) as quantity
    from reference r join inventory_movement v on v.reference = r.number
    where not v.withdrawn and v.type in ('PRODUCTION_IN', 'PRODUCTION_OUT')
    group by 1, 2, 3),
needed as (
    select m.number, m.source_line, b.component,
        ceil(b.quantity * m.produced * 10::numeric ^ u.precision) / 10::numeric ^ u.precision as quantity
    from mine m cross join lateral jsonb_to_recordset(m.bom_lines) b(component text, quantity numeric)
        join material c on c.code = b.component join unit u on u.code = c.unit)
select 'orders' as "table", m.source_line, 'produced' as "column", 'production-in' as code, m.number as key,
    coalesce(v.quantity, 0) as found, m.produced as expected
from mine m left join moved v on v.owner = m.number and v.type = 'PRODUCTION_IN' and v.material = m.material
where coalesce(v.quantity, 0) <> m.produced
union all
select 'orders', n.source_line, 'produced', 'consumption', n.number || ' ' || n.component, coalesce(-v.quantity, 0), n.quantity
from needed n left join moved v on v.owner = n.number and v.type = 'PRODUCTION_OUT' and v.material = n.component
where coalesce(-v.quantity, 0) <> n.quantity
