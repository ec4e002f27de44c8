-- Invariants 2 and 3: partial orders add up to what was produced, backorders to what was moved, and done means done.
with recursive mine as (
    select o.number, o.kind, o.parent, o.status, o.matrix_state, o.quantity, o.produced, o.moved, i.source_line
    from import_orders i join production_order o on o.number = i.number),
rest as (
    select o.parent as owner, o.number, o.quantity from production_order o
    where o.kind = 'backorder' and o.parent in (select number from mine)
    union all
    select r.owner, o.number, o.quantity from rest r join production_order o on o.parent = r.number and o.kind = 'split')
select 'orders' as "table", m.source_line, 'produced' as "column", 'partials' as code, m.number as key, m.produced as found,
    coalesce(p.sum, 0) as expected
from mine m left join (
        select parent, sum(quantity) from production_order
        where kind = 'partial' and status <> 'Cancelled' and parent in (select number from mine) group by 1) p on p.parent = m.number
where m.status <> 'Cancelled' and m.matrix_state is not null and m.produced <> coalesce(p.sum, 0)
union all
select 'orders', m.source_line, 'moved', 'backorders', m.number, m.moved, coalesce(r.sum, 0)
from mine m left join (select owner, sum(quantity) from rest group by 1) r on r.owner = m.number
where m.status <> 'Cancelled' and m.moved <> coalesce(r.sum, 0)
union all
select 'orders', m.source_line, 'produced', 'outstanding', m.number, m.produced + m.moved, m.quantity
from mine m where m.status = 'Done' and m.produced + m.moved < m.quantity
union all
select 'orders', m.source_line, 'number', 'lot-of-partial', m.number, coalesce(l.quantity, 0), m.quantity
from mine m left join lot l on l.code = m.number and l.production_order = m.number
where m.kind = 'partial' and m.status = 'Done' and l.quantity is distinct from m.quantity
