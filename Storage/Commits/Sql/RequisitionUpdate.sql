with met as (
    update requisition r
    set status = u.status,
        mail = u.mail,
        version = r.version + 1
    from unnest($1::text[], $2::int[], $3::text[], $4::text[])
        as u (key, expected_version, status, mail)
    where r.number = u.key and r.version = u.expected_version
    returning u.key
)
select premise('RequisitionUpdate', $1::text[], (select array_agg(key) from met));
