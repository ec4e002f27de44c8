with written as (
    insert into production_line as t (code, name, capacity_kg, active)
    select code, name, "capacityKg", coalesce(active, true) from import_lines order by source_line
    on conflict (code) do update set name = excluded.name, capacity_kg = excluded.capacity_kg, active = excluded.active,
            version = t.version + 1
        where (t.name, t.capacity_kg, t.active) is distinct from (excluded.name, excluded.capacity_kg, excluded.active)
    returning code, version)
insert into import_written (kind, key, created) select 'line', code, version = 1 from written
