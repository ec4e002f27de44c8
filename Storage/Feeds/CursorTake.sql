select coalesce((select last_event from feed_cursor where reader = $1), 0)
where pg_try_advisory_lock(7702, hashtext($1))
