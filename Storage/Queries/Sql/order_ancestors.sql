with recursive above as (
    select number, parent, 0 as depth from production_order where number = $1
    union all
    select o.number, o.parent, a.depth + 1
    from production_order o
    join above a on o.number = a.parent
)
select number from above where depth > 0 order by depth
