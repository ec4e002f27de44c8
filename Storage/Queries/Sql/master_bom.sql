select t.code, t.version, jsonb_build_object('code', t.code, 'material', t.material, 'active', t.active, 'createdAt', t.created_at,
    'createdBy', t.created_by, 'lines', coalesce((
        select jsonb_agg(jsonb_build_object('component', l.component, 'quantity', l.quantity, 'unit', l.unit) order by l.position)
        from bom_line l
        where l.bom = t.code
    ), '[]'))
from bom t
where true
/*?code*/ and t.code = @code
/*?search*/ and (t.code ilike @search or t.material ilike @search)
/*?material*/ and t.material = any (@material)
/*?active*/ and t.active
/*?inactive*/ and not t.active
/*?after*/ and t.code > @after
order by t.code
limit @limit
