-- A lot that comes without any movement was bought as it is.
insert into inventory_movement (type, material, lot, location, quantity, by, at)
select 'PURCHASE_IN', l.material, l.code, l.location, l.quantity, r.actor, l.received_at
from import_lots i join lot l on l.code = i.code cross join import_run r
where l.quantity > 0 and not exists (select from import_movements m where m.lot = i.code)
order by source_line
