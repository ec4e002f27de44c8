-- Material by material along the index, so that a page reads no more materials than it shows.
select m.code, s.location, s.on_hand, s.reserved, null::text, m.name, m.unit, m.min_stock, null::date
from material m
cross join lateral (
    select l.location, sum(l.on_hand) as on_hand, sum(l.reserved) as reserved
    from lot l
    where l.material = m.code and l.status in ('Available', 'Depleted') and (l.expires_on is null or l.expires_on > @today)
/*?location*/ and l.location = any (@location)
    group by l.location
) s
where true
/*?material*/ and m.code = any (@material)
/*?afterMaterial*/ and m.code >= @afterMaterial and (m.code > @afterMaterial or s.location > @afterLocation)
order by m.code, s.location
limit @limit
