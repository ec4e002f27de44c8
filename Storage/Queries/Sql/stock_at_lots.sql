    select i.location, i.lot, l.expires_on, sum(i.quantity) as on_hand,
        case when i.location = l.location then coalesce((
            select sum(a.quantity) from allocation a
            where a.lot = i.lot and a.at < @before and (a.settled_at is null or a.settled_at >= @before)
        ), 0) else 0 end as reserved
    from inventory_movement i
    join lot l on l.code = i.lot
    where i.material = m.code and i.at < @before and not i.withdrawn
        -- As quality had decided by then; a lot that nobody ever decided on is judged by what it is today.
        and coalesce((
            select q.decision = 'release' from lot_inspection q
            where q.lot = l.code and q.decision in ('release', 'reject') and q.at < @before
            order by q.id desc
            limit 1
        ), l.status not in ('Quarantine', 'Rejected') and not exists (
            select from lot_inspection q where q.lot = l.code and q.decision in ('release', 'reject')
        ))
        and (l.expires_on is null or l.expires_on > @today)
/*?location*/ and i.location = any (@location)
    group by i.location, i.lot, l.location, l.expires_on
