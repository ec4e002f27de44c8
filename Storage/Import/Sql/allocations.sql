insert into allocation (production_order, lot, material, quantity, state, by, at, settled_at)
select i."order", i.lot, l.material, i.quantity, i.state, coalesce(i.by, r.actor), coalesce(i.at, r.now), i."settledAt"
from import_allocations i join lot l on l.code = i.lot cross join import_run r order by source_line
