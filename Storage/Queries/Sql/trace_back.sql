-- From a lot to the order that made it, from there to the lots it used up; from a transferred part to the lot it was taken from.
with recursive links as (
    select next.source, next.target, next.quantity, next.kind
    from (select @code::text as code) start
    cross join lateral (
/*include trace_back_step*/
    ) next
    union
    select next.source, next.target, next.quantity, next.kind
    from links l
    cross join lateral (select l.source as code) start
    cross join lateral (
        select o.lot::text as source, o.reference::text as target, -o.quantity as quantity, 'used' as kind
        from inventory_movement o
        where l.kind = 'made' and o.reference = start.code and o.type = 'PRODUCTION_OUT' and not o.withdrawn
        union all
        select * from (
/*include trace_back_step*/
        ) step
        where l.kind <> 'made'
    ) next
)
select case when kind = 'made' then 'order:' else 'lot:' end || source,
    case when kind = 'used' then 'order:' else 'lot:' end || target, sum(quantity)
from links
group by 1, 2
order by 1, 2
