select pg_advisory_unlock(7702, hashtext($1))
