with met as (
    insert into journal_entry (number, date, description, reference, created_by, created_at, production)
    select * from
        unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[])
        as u (number, date, description, reference, created_by, created_at, production)
    on conflict do nothing
    returning number::text as key
)
select premise('JournalEntryInsert', $1::text[], (select array_agg(key) from met));
