select m.code
from unnest($1::text[]) as m (code)
where exists (
    select from lot l
    where l.material = m.code and l.status = 'Available' and (l.expires_on is null or l.expires_on > $2::date) and l.on_hand > l.reserved
)
