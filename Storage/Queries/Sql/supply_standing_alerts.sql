select subject from alert where state <> 'cleared' and kind = $1 order by subject
