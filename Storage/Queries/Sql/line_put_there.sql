-- The first event of an order since which it has been on this line ('': on none).
select actor, at
from event
where subject = $1 and type in ('order-created', 'order-changed') and id > coalesce((
    select max(id)
    from event
    where subject = $1 and type in ('order-created', 'order-changed') and coalesce(data ->> 'line', '') <> $2
), 0)
order by id
limit 1
