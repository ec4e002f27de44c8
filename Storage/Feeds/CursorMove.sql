-- Not waited for until it is on disk: after a crash a few events are dealt with once more.
with hurry as (select set_config('synchronous_commit', 'off', true))
insert into feed_cursor (reader, last_event)
select $1, $2 from hurry
on conflict (reader) do update set last_event = excluded.last_event
