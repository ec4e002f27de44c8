with written as (
    insert into bom as t (code, material, active, created_at, created_by)
    select i.code, i.material, coalesce(i.active, true), coalesce(i."createdAt", r.now), coalesce(i."createdBy", r.actor)
    from import_boms i cross join import_run r order by source_line
    on conflict (code) do update set material = excluded.material, active = excluded.active, version = t.version + 1
        where (t.material, t.active) is distinct from (excluded.material, excluded.active)
    returning code, version)
insert into import_written (kind, key, created) select 'bom', code, version = 1 from written
