with written as (
    insert into line_compatibility as t (line, material, priority)
    select line, material, coalesce(priority, 5) from import_line_products order by source_line
    on conflict (line, material) do update set priority = excluded.priority where t.priority <> excluded.priority
    returning line),
raised as (
    update production_line t set version = version + 1
    where code in (select line from written)
        and not exists (select from import_written w where w.kind = 'line' and w.key = t.code)
    returning code)
insert into import_written (kind, key, created) select 'line', code, false from raised
