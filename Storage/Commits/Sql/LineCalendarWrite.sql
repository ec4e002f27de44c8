with given as (
    select * from unnest($1::text[], $2::int[], $3::jsonb[]) as u (key, expected_version, calendar)
),
made as (
    insert into line_calendar (line, calendar)
    select key, calendar from given where expected_version = 0
    on conflict do nothing
    returning line as key
),
changed as (
    update line_calendar c
    set calendar = u.calendar,
        version = c.version + 1
    from given u
    where c.line = u.key and c.version = u.expected_version and u.expected_version > 0
    returning c.line as key
)
select premise('LineCalendarWrite', $1::text[], (select array_agg(key::text) from (table made union all table changed) met));
