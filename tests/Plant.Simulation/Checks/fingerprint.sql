-- The text of a statement that sums up which transactions wrote the rows of all tables.
select 'select sum(c)::text || ''/'' || sum(x)::text from ('
    || string_agg(format('select count(*) as c, coalesce(sum(xmin::text::bigint), 0) as x from %I', c.relname), ' union all ') || ') t'
from pg_class c
where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
    and c.relname not like 'AspNet%'
    and c.relname not in ('account', 'api_key', 'data_protection_key', 'schema_migration', 'commit_lane', 'feed_cursor', 'grain_reminder',
        'event_p1', 'event_p2', 'event_p3')
