with met as (
    delete from account t
    using unnest($1::text[], $2::int[]) as u (key, expected_version)
    where t.code = u.key and t.version = u.expected_version
    returning u.key
)
select premise('MasterDelete.Account', $1::text[], (select array_agg(key) from met));
