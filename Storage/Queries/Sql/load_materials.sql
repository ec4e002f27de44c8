select m.code, m.name, m.kind, m.unit, u.precision, m.unit_cost, m.unit_weight_kg, m.min_stock, m.min_shelf_life_days, m.lot_tracked,
    m.allocation_policy, m.supplier, m.critical_quantity, m.x_attribute, m.y_attribute, m.overproduction_tolerance, m.version
from material m
join unit u on u.code = m.unit
where m.code = any ($1)
