select m.id, m.type, m.material, m.lot, m.location, m.quantity, m.reference, m.reason
from inventory_movement m
where not m.withdrawn
    and (m.reference = any ($1) or m.lot in (select code from lot where production_order = any ($1)))
order by m.id
