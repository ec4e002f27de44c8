-- A lot that comes without any movement was bought as it is.
insert into inventory_movement (type, material, lot, location, quantity, by, at)
select 'PURCHASE_IN', l.material, l.code, l.location, l.quantity, r.actor, l.received_at
from import_lots i join lot l on l.code = i.code cross join import_run r
where l.quantity > 0 and not exists (select from import_movements m where m.lot = i.code)
order by source_line;
insert into inventory_movement (type, material, lot, location, quantity, reference, reason, withdrawn, by, at)
select i.type, l.material, i.lot, coalesce(i.location, l.location), i.quantity, i.reference, i.reason, coalesce(i.withdrawn, false),
    coalesce(i.by, r.actor), coalesce(i.at, r.now)
from import_movements i join lot l on l.code = i.lot cross join import_run r order by source_line
