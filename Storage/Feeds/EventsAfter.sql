select id, at, type, subject, also, version, actor, data::text
from event
where id > $1::bigint
order by id
limit $2::int;
