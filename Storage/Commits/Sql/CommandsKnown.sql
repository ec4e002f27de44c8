select c.actor, c.call, c.key, c.body_hash, c.answer
from unnest($1::text[], $2::text[], $3::text[])
        as u (actor, call, key)
join command c on c.actor = u.actor and c.call = u.call and c.key = u.key;
