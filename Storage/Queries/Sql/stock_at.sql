select m.code, s.location, s.on_hand, s.reserved, null::text, m.name, m.unit, m.min_stock, null::date
from material m
cross join lateral (
    select lots.location, sum(lots.on_hand) as on_hand, sum(least(lots.reserved, lots.on_hand)) as reserved
    from (
/*include stock_at_lots*/
    ) lots
    group by lots.location
) s
where true
/*?material*/ and m.code = any (@material)
/*?afterMaterial*/ and m.code >= @afterMaterial and (m.code > @afterMaterial or s.location > @afterLocation)
order by m.code, s.location
limit @limit
