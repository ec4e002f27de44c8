select json::text, etag from grain_state where name = $1::text and grain_id = $2::text;
