select t.code, t.version, jsonb_build_object('code', t.code, 'name', t.name, 'capacityKg', t.capacity_kg, 'active', t.active, 'products', coalesce((
        select jsonb_agg(jsonb_build_object('material', c.material, 'priority', c.priority) order by c.priority, c.material)
        from line_compatibility c
        where c.line = t.code
    ), '[]'))
from production_line t
where true
/*?code*/ and t.code = @code
/*?search*/ and (t.code ilike @search or t.name ilike @search)
/*?active*/ and t.active
/*?inactive*/ and not t.active
/*?after*/ and t.code > @after
order by t.code
limit @limit
