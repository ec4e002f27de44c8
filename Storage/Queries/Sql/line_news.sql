-- What may have changed a line since an event: its own events, those of its orders, and master data behind its weights.
with news as (
    select id, type, subject, also from event where subject = $2 and id > $1
    union all
    select id, type, subject, also from event where also = $2 and id > $1
    union all
    select id, type, subject, also from event where type in ('material-changed', 'plant-imported') and id > $1
)
select coalesce(max(id), $1),
    coalesce(bool_or(subject not like 'order:%' and type not in ('line-load-changed', 'order-left-line')), false)
        or (select dropped_through from event_retention) > $1,
    array_remove(array_agg(distinct substr(case when subject like 'order:%' then subject when also like 'order:%' then also end, 7)), null)
from news
