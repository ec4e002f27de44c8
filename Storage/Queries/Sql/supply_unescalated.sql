select id, raised_at, kind from alert where state = 'active' and escalated_at is null order by id
