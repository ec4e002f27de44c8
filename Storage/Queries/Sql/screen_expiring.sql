select l.code, m.name, m.unit, l.on_hand, l.reserved, l.expires_on, l.status
from lot l
join material m on m.code = l.material
where l.expires_on <= @until and l.status in ('Available', 'Depleted', 'Quarantine') and l.on_hand > 0
order by l.expires_on, l.code
limit @limit
