-- Every version of a thing has exactly one event that says so. Of an order's versions some are told by its cells or its lots alone, so
-- of those every version has at least one, and at most one that carries the whole order. Where retention has dropped old events, what is
-- left has no gap.
with kept as (
    select dropped_through = 0 as everything from event_retention
),
deleted as (
    select subject, max(id) as id
    from event
    where type in ('unit-deleted', 'location-deleted', 'supplier-deleted', 'customer-deleted', 'attribute-deleted', 'material-deleted',
        'bom-deleted', 'line-deleted', 'account-deleted', 'setting-deleted')
    group by subject
),
seen as (
    select e.subject, count(*) filter (where told) as events, count(distinct e.version) filter (where told) as versions,
        min(e.version) filter (where told) as oldest, max(e.version) filter (where told) as newest,
        count(distinct e.version) as all_versions, min(e.version) as all_oldest, max(e.version) as all_newest
    from event e
    left join deleted d on d.subject = e.subject
    cross join lateral (
        select e.type in (split_part(e.subject, ':', 1) || '-created', split_part(e.subject, ':', 1) || '-changed', 'alert-raised')
            or e.subject like 'count:%' as told
    ) k
    where e.version is not null and (told or e.subject like 'order:%') and e.id > coalesce(d.id, 0)
    group by e.subject
),
thing as (
    select 'lot:' || code as subject, version from lot
    union all select 'sales-order:' || number, version from sales_order
    union all select 'requisition:' || number, version from requisition
    union all select 'alert:' || id, version from alert
    union all select 'count:' || number, version from stock_count
    union all select 'unit:' || code, version from unit
    union all select 'location:' || code, version from location
    union all select 'supplier:' || code, version from supplier
    union all select 'customer:' || code, version from customer
    union all select 'attribute:' || code, version from attribute
    union all select 'material:' || code, version from material
    union all select 'bom:' || code, version from bom
    union all select 'line:' || code, version from production_line
    union all select 'setting:' || key, version from plant_setting
    -- Two accounts come with the schema: nobody made them.
    union all select 'account:' || code, version from account where code not in ('1405', '1430') or version > 1
)
select t.subject
from thing t
cross join kept
left join seen s on s.subject = t.subject
where s.events <> s.versions or s.newest <> t.version or s.versions <> s.newest - s.oldest + 1
    or (kept.everything and coalesce(s.oldest, 0) <> case when t.subject in ('account:1405', 'account:1430') and s.oldest = 2 then 2 else 1 end)
union all
select 'order:' || o.number
from production_order o
cross join kept
left join seen s on s.subject = 'order:' || o.number
where s.events <> s.versions or s.all_newest <> o.version or s.all_versions <> s.all_newest - s.all_oldest + 1
    or (kept.everything and coalesce(s.all_oldest, 0) <> 1)
