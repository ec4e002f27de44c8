with recursive family as (
    select number, kind, 0 as depth from production_order where number = $1
    union all
    select o.number, o.kind, f.depth + 1
    from production_order o
    join family f on o.parent = f.number
    where o.kind in ('partial', 'backorder')
)
select number from family order by depth, number
