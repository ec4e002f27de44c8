-- What counts of each material with a minimum, and whether its alert stands; without materials all of them.
select m.code, coalesce((
        select sum(l.on_hand - l.reserved) from lot l
        where l.material = m.code and l.status = 'Available' and (l.expires_on is null or l.expires_on > $1::date)
    ), 0),
    exists (select from alert a where a.condition = 'low-stock:' || m.code and a.state <> 'cleared')
from material m
where m.min_stock is not null and ($2::text[] is null or m.code = any ($2::text[]))
order by m.code
