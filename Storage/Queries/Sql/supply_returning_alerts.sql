select id from alert where state = 'active' and shelved_until <= $1::timestamptz order by id
