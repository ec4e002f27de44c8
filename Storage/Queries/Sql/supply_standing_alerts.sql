select id from alert where state <> 'cleared' and kind = any ($1::text[]) order by id
