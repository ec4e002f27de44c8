insert into inventory_movement (type, material, lot, location, quantity, reference, reason, withdrawn, by, at, unit_cost)
select i.type, l.material, i.lot, coalesce(i.location, l.location), i.quantity, i.reference, i.reason, coalesce(i.withdrawn, false),
    coalesce(i.by, r.actor), coalesce(i.at, r.now), i."unitCost"
from import_movements i join lot l on l.code = i.lot cross join import_run r order by source_line
