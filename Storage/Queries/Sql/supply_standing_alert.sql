select id from alert where condition = $1 and state <> 'cleared'
