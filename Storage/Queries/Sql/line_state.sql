select l.code, l.name, l.active, l.capacity_kg,
    coalesce((select jsonb_object_agg(c.material, c.priority) from line_compatibility c where c.line = l.code), '{}'),
    s.calendar, coalesce(s.version, 0), coalesce((select max(id) from event), 0)
from production_line l
left join line_calendar s on s.line = l.code
where l.code = $1
