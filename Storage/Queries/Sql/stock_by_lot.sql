select m.code, s.location, s.on_hand, s.reserved, s.code, m.name, m.unit, m.min_stock, s.expires_on
from material m
cross join lateral (
    select l.location, l.code, l.on_hand, l.reserved, l.expires_on
    from lot l
    where l.material = m.code and l.status in ('Available', 'Depleted') and (l.expires_on is null or l.expires_on > @today)
        and l.on_hand > 0
/*?location*/ and l.location = any (@location)
) s
where true
/*?material*/ and m.code = any (@material)
/*?afterMaterial*/ and m.code >= @afterMaterial and (m.code, s.location, s.code) > (@afterMaterial, @afterLocation, @afterLot)
order by m.code, s.location, s.code
limit @limit
