select e.id, e.at, e.type, e.subject, e.also, e.version, e.actor, e.data
from event e
where e.id > @after
/*?subject*/ and e.subject = any (@subject)
/*?type*/ and e.type = any (@type)
order by e.id
limit @limit
