-- Taken before, of kinds that tell of something that happened: nothing stands any more that would end them.
select condition from alert where state = 'acknowledged' and kind = any ($1::text[]) and acknowledged_at <= $2::timestamptz order by id
