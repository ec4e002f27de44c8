-- Codes L-7-T1, L-7-T2 … of the parts that a lot gave, by the range of the primary key.
select coalesce(max(substring(code from length($1) + 3)::int), 0)
from lot
where code > $1 || '-T' and code < $1 || '-U' and substring(code from length($1) + 3) ~ '^[0-9]{1,9}$'
