insert into grain_state (name, grain_id, json, etag)
values ($1::text, $2::text, $3::jsonb, 1)
on conflict (name, grain_id) do nothing
returning etag;
