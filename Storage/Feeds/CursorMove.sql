insert into feed_cursor (reader, last_event) values ($1, $2)
on conflict (reader) do update set last_event = excluded.last_event
