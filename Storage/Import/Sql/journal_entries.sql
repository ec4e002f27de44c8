with written as (
    insert into journal_entry (number, date, description, reference, created_by, created_at)
    select i.number, i.date, i.description, i.reference, coalesce(i."createdBy", r.actor), coalesce(i."createdAt", r.now)
    from import_journal_entries i cross join import_run r order by source_line
    returning number)
insert into import_written (kind, key, created) select 'journal-entry', number, true from written
