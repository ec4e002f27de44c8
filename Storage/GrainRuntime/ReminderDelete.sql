delete from grain_reminder where grain_id = $1::text and name = $2::text;
