insert into lot_inspection (lot, decision, result, note, by, at)
select * from
    unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
        as u (lot, decision, result, note, by, at)
