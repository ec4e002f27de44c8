with written as (
    insert into attribute_value as t (attribute, code, name, position)
    select attribute, code, name, coalesce(position, row_number() over (partition by attribute order by source_line))
    from import_attribute_values order by source_line
    on conflict (attribute, code) do update set name = excluded.name, position = excluded.position
        where (t.name, t.position) is distinct from (excluded.name, excluded.position)
    returning attribute),
raised as (
    update attribute t set version = version + 1
    where code in (select attribute from written)
        and not exists (select from import_written w where w.kind = 'attribute' and w.key = t.code)
    returning code)
insert into import_written (kind, key, created) select 'attribute', code, false from raised
