select c.number, c.status, c.location, p.name, c.material, m.name, c.blind, c.reason, c.version, c.created_by, c.created_at, c.closed_by,
    c.closed_at, s.lots, s.counted, s.differing, s.value, c.id
from stock_count c
join location p on p.code = c.location
left join material m on m.code = c.material
cross join lateral (
    select count(*) as lots, count(l.counted) as counted, count(*) filter (where l.counted <> l.booked) as differing,
        coalesce(sum((l.counted - l.booked) * g.unit_cost), 0) as value
    from stock_count_line l
    join lot t on t.code = l.lot
    join material g on g.code = t.material
    where l.stock_count = c.number
) s
where true
/*?number*/ and c.number = any (@number)
/*?status*/ and c.status = any (@status)
/*?location*/ and c.location = any (@location)
/*?after*/ and c.id < @after
order by c.id desc
limit @limit
