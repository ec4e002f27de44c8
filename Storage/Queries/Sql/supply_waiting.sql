-- Who waits for this material, first due first; without a material everybody who waits.
select o.number, array(select l.value ->> 'component' from jsonb_array_elements(o.bom_lines) l)
from production_order o
where o.awaits_materials and o.status in ('Draft', 'Planned', 'InProgress')
    and ($1::text is null or o.bom_lines @> jsonb_build_array(jsonb_build_object('component', $1::text)))
order by o.due_date nulls last, o.priority, o.created_at, o.number
