select t.code, t.version, jsonb_build_object('code', t.code, 'name', t.name, 'values', coalesce((
        select jsonb_agg(jsonb_build_object('code', v.code, 'name', v.name) order by v.position)
        from attribute_value v
        where v.attribute = t.code
    ), '[]'))
from attribute t
where true
/*?code*/ and t.code = @code
/*?search*/ and (t.code ilike @search or t.name ilike @search)
/*?after*/ and t.code > @after
order by t.code
limit @limit
