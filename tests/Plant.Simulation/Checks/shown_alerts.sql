select id::text, concat(id, '|', kind, '|', state, '|', role, '|', version) from alert
