with written as (
    insert into unit as t (code, name, precision)
    select code, name, coalesce(precision, 0) from import_units order by source_line
    on conflict (code) do update set name = excluded.name, precision = excluded.precision, version = t.version + 1
        where (t.name, t.precision) is distinct from (excluded.name, excluded.precision)
    returning code, version)
insert into import_written (kind, key, created) select 'unit', code, version = 1 from written
