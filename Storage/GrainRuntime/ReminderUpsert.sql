insert into grain_reminder (grain_id, name, start_at, period)
values ($1::text, $2::text, $3::timestamptz, $4::interval)
on conflict (grain_id, name) do update set start_at = excluded.start_at, period = excluded.period, last_fired_at = null;
