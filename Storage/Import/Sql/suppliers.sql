with written as (
    insert into supplier as t (code, name, email)
    select code, name, email from import_suppliers order by source_line
    on conflict (code) do update set name = excluded.name, email = excluded.email, version = t.version + 1
        where (t.name, t.email) is distinct from (excluded.name, excluded.email)
    returning code, version)
insert into import_written (kind, key, created) select 'supplier', code, version = 1 from written
