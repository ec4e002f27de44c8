update grain_reminder set last_fired_at = $3::timestamptz where grain_id = $1::text and name = $2::text;
