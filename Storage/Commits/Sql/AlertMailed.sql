update alert a
set mailed_role = u.role
from unnest($1::bigint[], $2::text[]) as u (id, role)
where a.id = u.id
