-- The mark of the default moves in two steps: two rows must never carry it at once.
update location t set is_default = false from import_locations i
where i.code = t.code and t.is_default and not coalesce(i."isDefault", false);
with written as (
    insert into location as t (code, name, is_default, active)
    select code, name, coalesce("isDefault", false), coalesce(active, true) from import_locations order by source_line
    on conflict (code) do update set name = excluded.name, is_default = excluded.is_default, active = excluded.active,
            version = t.version + 1
        where (t.name, t.is_default, t.active) is distinct from (excluded.name, excluded.is_default, excluded.active)
    returning code, version)
insert into import_written (kind, key, created) select 'location', code, version = 1 from written
