select id, at, type, subject, also, version, actor, data::text
from (
    (select * from event where subject = any ($2::text[]) and id > $1::bigint order by id limit $3::int)
    union
    (select * from event where also = any ($2::text[]) and id > $1::bigint order by id limit $3::int)
) as wanted
order by id
limit $3::int;
