with u as (
    select u.key, u.expected_version, d.*
    from unnest($1::text[], $2::int[], $3::jsonb[]) as u (key, expected_version, json)
    cross join lateral jsonb_to_record(u.json) as d (name text, kind text, unit text, "unitCost" numeric,
        "unitWeightKg" numeric, "minStock" numeric, "minShelfLifeDays" int, "lotTracked" boolean, "allocationPolicy" text,
        supplier text, "criticalQuantity" numeric, "xAttribute" text, "yAttribute" text, "overproductionTolerance" numeric)
),
inserted as (
    insert into material (code, name, kind, unit, unit_cost, unit_weight_kg, min_stock, min_shelf_life_days, lot_tracked,
        allocation_policy, supplier, critical_quantity, x_attribute, y_attribute, overproduction_tolerance)
    select d.key, d.name, d.kind, d.unit, d."unitCost", d."unitWeightKg", d."minStock", d."minShelfLifeDays",
        coalesce(d."lotTracked", true), coalesce(d."allocationPolicy", 'SingleLotFirst'), d.supplier, d."criticalQuantity",
        d."xAttribute", d."yAttribute", coalesce(d."overproductionTolerance", 0)
    from u as d
    where d.expected_version = 0
    on conflict (code) do nothing
    returning code::text as key
),
updated as (
    update material t
    set name = d.name,
        kind = d.kind,
        unit = d.unit,
        unit_cost = d."unitCost",
        unit_weight_kg = d."unitWeightKg",
        min_stock = d."minStock",
        min_shelf_life_days = d."minShelfLifeDays",
        lot_tracked = coalesce(d."lotTracked", true),
        allocation_policy = coalesce(d."allocationPolicy", 'SingleLotFirst'),
        supplier = d.supplier,
        critical_quantity = d."criticalQuantity",
        x_attribute = d."xAttribute",
        y_attribute = d."yAttribute",
        overproduction_tolerance = coalesce(d."overproductionTolerance", 0),
        version = t.version + 1
    from u as d
    where t.code = d.key and t.version = d.expected_version
    returning d.key
)
select premise('MasterWrite.Material', $1::text[],
    (select array_agg(key) from (select key from inserted union all select key from updated) met));
