with written as (
    insert into account as t (code, name, kind)
    select code, name, coalesce(kind, 'Asset') from import_accounts order by source_line
    on conflict (code) do update set name = excluded.name, kind = excluded.kind, version = t.version + 1
        where (t.name, t.kind) is distinct from (excluded.name, excluded.kind)
    returning code, version)
insert into import_written (kind, key, created) select 'account', code, version = 1 from written
