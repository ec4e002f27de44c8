select array_agg(nextval($1::text::regclass)) from generate_series(1, $2::int);
