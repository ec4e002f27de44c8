select m.code, s.location, s.on_hand, least(s.reserved, s.on_hand), s.lot, m.name, m.unit, m.min_stock, s.expires_on
from material m
cross join lateral (
/*include stock_at_lots*/
) s
where s.on_hand > 0
/*?material*/ and m.code = any (@material)
/*?afterMaterial*/ and m.code >= @afterMaterial and (m.code, s.location, s.lot) > (@afterMaterial, @afterLocation, @afterLot)
order by m.code, s.location, s.lot
limit @limit
