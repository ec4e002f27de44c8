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
