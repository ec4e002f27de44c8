select t.code, t.version, jsonb_build_object('code', t.code, 'name', t.name, 'kind', t.kind)
from account t
where true
/*?code*/ and t.code = @code
/*?search*/ and (t.code ilike @search or t.name ilike @search)
/*?after*/ and t.code > @after
order by t.code
limit @limit
