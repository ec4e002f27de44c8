with recursive reached as (
    select m::text collate "C" as material from unnest(@materials) m
    union
    select l.component::text
    from reached r
    join bom b on b.material = r.material and b.active
    join bom_line l on l.bom = b.code
)
select b.code, b.material, coalesce((
        select jsonb_agg(jsonb_build_object('component', l.component, 'quantity', l.quantity, 'unit', l.unit) order by l.position)
        from bom_line l
        where l.bom = b.code
    ), '[]'), b.created_at, b.version
from bom b
join reached r on r.material = b.material
where b.active
