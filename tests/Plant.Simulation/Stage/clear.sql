-- The text of one batch that takes everything out of the plant but its master data, which is put back as it was.
select string_agg(format('delete from %I', t), ';' order by t) || ';'
    || (select string_agg(format('insert into %I select * from seed.%I', t, t), ';' order by n)
        from unnest(array['unit', 'location', 'supplier', 'customer', 'attribute', 'attribute_value', 'material', 'bom', 'bom_line',
            'production_line', 'line_compatibility', 'event_retention']) with ordinality as m (t, n))
    || ';' || (select string_agg(format('select setval(%L, 1, false)', s.oid::regclass), ';') from pg_class s
        where s.relkind = 'S' and s.relnamespace = 'public'::regnamespace)
from (
    select c.relname as t from pg_class c
    where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
        and c.relname not like 'AspNet%' and c.relname not in ('account', 'api_key', 'data_protection_key', 'schema_migration')
) tables
