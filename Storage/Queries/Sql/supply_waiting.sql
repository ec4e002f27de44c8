-- Who waits and has one of these components, first due first; without components everybody who waits.
select o.number, c.components
from production_order o
cross join lateral (select array(select l.value ->> 'component' from jsonb_array_elements(o.bom_lines) l) as components) c
where o.awaits_materials and o.status in ('Draft', 'Planned', 'InProgress') and ($1::text[] is null or c.components && $1::text[])
order by o.due_date nulls last, o.priority, o.created_at, o.number collate "C"
