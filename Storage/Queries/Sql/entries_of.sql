select number, reference, production from journal_entry where reference = any ($1) order by id
