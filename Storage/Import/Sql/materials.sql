with written as (
    insert into material as t (code, name, kind, unit, unit_cost, unit_weight_kg, min_stock, min_shelf_life_days, lot_tracked,
        allocation_policy, supplier, critical_quantity, x_attribute, y_attribute, overproduction_tolerance)
    select code, name, kind, unit, "unitCost", "unitWeightKg", "minStock", "minShelfLifeDays", coalesce("lotTracked", true),
        coalesce("allocationPolicy", 'SingleLotFirst'), supplier, "criticalQuantity", "xAttribute", "yAttribute",
        coalesce("overproductionTolerance", 0)
    from import_materials order by source_line
    on conflict (code) do update set name = excluded.name, kind = excluded.kind, unit = excluded.unit,
            unit_cost = excluded.unit_cost, unit_weight_kg = excluded.unit_weight_kg, min_stock = excluded.min_stock,
            min_shelf_life_days = excluded.min_shelf_life_days, lot_tracked = excluded.lot_tracked,
            allocation_policy = excluded.allocation_policy, supplier = excluded.supplier,
            critical_quantity = excluded.critical_quantity, x_attribute = excluded.x_attribute, y_attribute = excluded.y_attribute,
            overproduction_tolerance = excluded.overproduction_tolerance, version = t.version + 1
        where (t.name, t.kind, t.unit, t.unit_cost, t.unit_weight_kg, t.min_stock, t.min_shelf_life_days, t.lot_tracked,
                t.allocation_policy, t.supplier, t.critical_quantity, t.x_attribute, t.y_attribute, t.overproduction_tolerance)
            is distinct from (excluded.name, excluded.kind, excluded.unit, excluded.unit_cost, excluded.unit_weight_kg,
                excluded.min_stock, excluded.min_shelf_life_days, excluded.lot_tracked, excluded.allocation_policy, excluded.supplier,
                excluded.critical_quantity, excluded.x_attribute, excluded.y_attribute, excluded.overproduction_tolerance)
    returning code, version)
insert into import_written (kind, key, created) select 'material', code, version = 1 from written
