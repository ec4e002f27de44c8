select coalesce(max(id), 0) from event where at < $1::timestamptz;
