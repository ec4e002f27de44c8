with written as (
    insert into attribute as t (code, name)
    select code, name from import_attributes order by source_line
    on conflict (code) do update set name = excluded.name, version = t.version + 1 where t.name <> excluded.name
    returning code, version)
insert into import_written (kind, key, created) select 'attribute', code, version = 1 from written
