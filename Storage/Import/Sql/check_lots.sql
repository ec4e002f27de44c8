-- Invariant 1: what is on hand is the sum of the movements, what is reserved the sum of the open allocations.
select 'lots' as "table", i.source_line, 'onHand' as "column", 'on-hand' as code, l.code as key, l.on_hand as found,
    coalesce(m.sum, 0) as expected
from import_lots i join lot l on l.code = i.code
    left join (select lot, sum(quantity) from inventory_movement
        where not withdrawn and lot in (select code from import_lots) group by 1) m on m.lot = l.code
where l.on_hand <> coalesce(m.sum, 0)
union all
select 'lots', i.source_line, 'reserved', 'reserved', l.code, l.reserved, coalesce(a.sum, 0)
from import_lots i join lot l on l.code = i.code
    left join (select lot, sum(quantity) from allocation
        where state = 'Reserved' and lot in (select code from import_lots) group by 1) a on a.lot = l.code
where l.reserved <> coalesce(a.sum, 0)
union all
select 'lots', i.source_line, 'status', 'depleted', l.code, l.on_hand, l.reserved
from import_lots i join lot l on l.code = i.code
where l.status = 'Depleted' and l.on_hand <> l.reserved
