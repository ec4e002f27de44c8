select t.code, t.version, jsonb_build_object('code', t.code, 'name', t.name, 'kind', t.kind, 'unit', t.unit, 'unitCost', t.unit_cost,
    'unitWeightKg', t.unit_weight_kg, 'minStock', t.min_stock, 'minShelfLifeDays', t.min_shelf_life_days, 'lotTracked', t.lot_tracked,
    'allocationPolicy', t.allocation_policy, 'supplier', t.supplier, 'criticalQuantity', t.critical_quantity,
    'xAttribute', t.x_attribute, 'yAttribute', t.y_attribute, 'overproductionTolerance', t.overproduction_tolerance)
from material t
where true
/*?code*/ and t.code = @code
/*?search*/ and (t.code ilike @search or t.name ilike @search)
/*?kind*/ and t.kind = any (@kind)
/*?after*/ and t.code > @after
order by t.code
limit @limit
