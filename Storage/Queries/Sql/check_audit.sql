-- An order's version has at least one event (its cells share it); a lot's and a master row's exactly one.
with seen as (
    select subject, count(distinct version) filter (where subject like 'order:%') as order_versions,
        count(*) filter (where type = 'lot-changed') as lot_events,
        count(distinct version) filter (where type = 'lot-changed') as lot_versions,
        max(version) filter (where subject like 'order:%' or type = 'lot-changed') as newest
    from event
    where subject like 'order:%' or subject like 'lot:%'
    group by subject
),
master as (
    select 'unit' as kind, code, version from unit
    union all select 'location', code, version from location
    union all select 'supplier', code, version from supplier
    union all select 'customer', code, version from customer
    union all select 'attribute', code, version from attribute
    union all select 'material', code, version from material
    union all select 'bom', code, version from bom
    union all select 'line', code, version from production_line
)
select 'order:' || o.number
from production_order o
left join seen s on s.subject = 'order:' || o.number
where coalesce(s.order_versions, 0) <> o.version or s.newest <> o.version
union all
select 'lot:' || l.code
from lot l
left join seen s on s.subject = 'lot:' || l.code
where coalesce(s.lot_events, 0) <> l.version or s.lot_versions <> l.version or s.newest <> l.version
union all
select m.kind || ':' || m.code
from master m
cross join lateral (
    select count(*) as events, count(distinct e.version) as versions, max(e.version) as newest
    from event e
    where e.subject = m.kind || ':' || m.code and e.type in (m.kind || '-created', m.kind || '-changed')
        -- A code that was deleted and made again starts anew.
        and e.id > coalesce((
            select max(d.id) from event d where d.subject = m.kind || ':' || m.code and d.type = m.kind || '-deleted'
        ), 0)
) e
where e.events <> m.version or e.versions <> m.version or e.newest <> m.version
