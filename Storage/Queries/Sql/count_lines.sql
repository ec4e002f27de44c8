select l.lot, t.material, m.name, m.unit, t.status, t.on_hand, t.reserved, t.expires_on, l.counted, l.booked, l.counted_by, l.counted_at,
    l.posted, l.version, m.unit_cost
from stock_count_line l
join lot t on t.code = l.lot
join material m on m.code = t.material
where l.stock_count = @number
/*?lots*/ and l.lot = any (@lots)
/*?uncounted*/ and l.counted is null
/*?differing*/ and l.counted <> l.booked
/*?afterMaterial*/ and (t.material, l.lot) > (@afterMaterial, @afterLot)
order by t.material, l.lot
limit @limit
