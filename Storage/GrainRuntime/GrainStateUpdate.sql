update grain_state
set json = $3::jsonb, etag = etag + 1
where name = $1::text and grain_id = $2::text and etag = $4::bigint
returning etag;
