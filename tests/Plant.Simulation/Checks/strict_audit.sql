-- Every version of an order, lot, sale, requisition or alert was told under that version, none twice, and by somebody.
select concat(subject, ' version ', version, ' was told ', count(*), ' times')
from event
where type in ('order-created', 'order-changed', 'matrix-recalculated', 'lot-changed', 'sales-order-created', 'sales-order-changed',
    'requisition-created', 'requisition-changed', 'alert-raised', 'alert-changed')
group by subject, version, case when type like 'order-%' or type like 'matrix-%' then 'order' else type end
having count(*) > 1
union all
select concat(t.subject, ' is at version ', t.version, ' and was told of ', count(distinct e.version))
from (
    select 'sales-order:' || number as subject, version from sales_order
    union all select 'requisition:' || number, version from requisition
    union all select 'alert:' || id, version from alert
    union all select 'order:' || number, version from production_order
    union all select 'lot:' || code, version from lot
) t
left join event e on e.subject = t.subject
group by t.subject, t.version
having count(distinct e.version) <> t.version or max(e.version) <> t.version
union all
-- A cell's version is told once.
select concat(subject, ' cell ', data ->> 'x', '/', data ->> 'y', ' version ', data ->> 'version')
from event
where type = 'cell-changed'
group by subject, data ->> 'x', data ->> 'y', data ->> 'version'
having count(*) > 1
union all
select concat('event ', id, ' has no actor') from event where actor = ''
