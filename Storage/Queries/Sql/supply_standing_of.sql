select subject from alert where condition = any ($1::text[]) and state <> 'cleared' order by subject
