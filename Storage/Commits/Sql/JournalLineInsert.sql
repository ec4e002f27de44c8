with met as (
    insert into journal_line (entry, position, account, debit, credit)
    select u.entry, u.position, u.account, u.debit, u.credit from
        unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::numeric[], $6::numeric[])
        as u (key, entry, position, account, debit, credit)
    on conflict do nothing
    returning concat_ws(e'\x1f', entry, position) as key
)
select premise('JournalLineInsert', $1::text[], (select array_agg(key) from met));
