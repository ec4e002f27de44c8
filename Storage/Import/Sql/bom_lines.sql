-- A recipe that is sent replaces all lines of that recipe; one that says the same changes nothing.
create temp table import_recipe on commit drop as
    select i.bom, (row_number() over (partition by i.bom order by coalesce(i.position, i.source_line), i.source_line))::int as position,
        i.component, i.quantity, coalesce(i.unit, m.unit) as unit
    from import_bom_lines i join material m on m.code = i.component;
create temp table import_recipe_changed on commit drop as
    select bom from (select distinct bom from import_recipe) b
    where (select array_agg((l.component, l.quantity, l.unit)::text order by l.position) from bom_line l where l.bom = b.bom)
        is distinct from
        (select array_agg((l.component::code, l.quantity::quantity, l.unit::code)::text order by l.position)
            from import_recipe l where l.bom = b.bom);
delete from bom_line where bom in (select bom from import_recipe_changed);
insert into bom_line (bom, position, component, quantity, unit)
    select bom, position, component, quantity, unit from import_recipe
    where bom in (select bom from import_recipe_changed) order by bom, position;
with raised as (
    update bom t set version = version + 1
    where code in (select bom from import_recipe_changed)
        and not exists (select from import_written w where w.kind = 'bom' and w.key = t.code)
    returning code)
insert into import_written (kind, key, created) select 'bom', code, false from raised
