select drop_events_before($1::bigint);
