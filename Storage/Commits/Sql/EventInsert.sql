insert into event (type, subject, also, version, actor, data)
select * from
    unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::jsonb[])
        as u (type, subject, also, version, actor, data)
