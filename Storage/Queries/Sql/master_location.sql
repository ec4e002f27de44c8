select t.code, t.version, jsonb_build_object('code', t.code, 'name', t.name, 'isDefault', t.is_default, 'active', t.active)
from location t
where true
/*?code*/ and t.code = @code
/*?search*/ and (t.code ilike @search or t.name ilike @search)
/*?default*/ and t.is_default
/*?active*/ and t.active
/*?inactive*/ and not t.active
/*?after*/ and t.code > @after
order by t.code
limit @limit
