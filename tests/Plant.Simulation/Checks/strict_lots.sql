-- A lot's status says what its quantities and date say; only lots that may be used are reserved. $1 today.
select concat(l.code, ' ', l.status, ' ', trim_scale(l.on_hand), ' on hand, ', trim_scale(l.reserved), ' reserved, expires ', l.expires_on)
from lot l
join material m on m.code = l.material
where (l.status = 'Available' and l.on_hand = l.reserved)
    or (l.status = 'Depleted' and l.on_hand > l.reserved)
    or (l.status in ('Quarantine', 'Rejected', 'Expired') and l.reserved > 0)
    or (l.status = 'Available' and l.expires_on <= $1::date)
    or (l.bulk and m.lot_tracked)
    or (l.production_order is not null and l.status in ('Quarantine', 'Rejected'))
