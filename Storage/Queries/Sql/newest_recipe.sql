select b.code, b.material, b.active, coalesce(jsonb_agg(jsonb_build_object('component', l.component, 'quantity', l.quantity, 'unit', l.unit)
    order by l.position) filter (where l.component is not null), '[]')
from bom b
left join bom_line l on l.bom = b.code
where b.code = (select code from bom where material = $1 and active order by created_at desc, code desc limit 1)
group by b.code
