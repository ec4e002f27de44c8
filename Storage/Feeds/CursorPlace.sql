select coalesce((select last_event from feed_cursor where reader = $1), 0)
