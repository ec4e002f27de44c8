    union
    select next.source, next.target, next.quantity, next.kind
    from links l
    cross join lateral (select l.target as code) start
    cross join lateral (
        select i.reference::text as source, i.lot::text as target, i.quantity::numeric, 'made' as kind
        from inventory_movement i
        where l.kind = 'used' and i.reference = start.code and i.type = 'PRODUCTION_IN' and not i.withdrawn
        union all
        select * from (
/*include trace_forward_step*/
        ) step
        where l.kind <> 'used'
    ) next
)
select case when kind = 'made' then 'order:' else 'lot:' end || source,
    case when kind = 'used' then 'order:' else 'lot:' end || target, sum(quantity)
from links
group by 1, 2
order by 1, 2
