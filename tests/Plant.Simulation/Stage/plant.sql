insert into unit (code, name, precision) values ('pz', 'pieza', 0), ('m', 'metro', 3), ('kg', 'kilo', 2);
insert into location (code, name, is_default, active)
values ('BOD', 'Bodega', true, true), ('WIP', 'Taller', false, true), ('PT', 'Producto terminado', false, true), ('OLD', 'Cerrada', false, false);
insert into supplier (code, name, email) values ('MADERAS', 'Maderas S.A.', 'ventas@maderas.example'), ('TELAS', 'Telas', null);
insert into customer (code, name) values ('ACME', 'Acme'), ('BETA', 'Beta');
insert into attribute (code, name) values ('TONO', 'Tono'), ('TALLA', 'Talla');
insert into attribute_value (attribute, code, name, position)
values ('TONO', 'T1', 'Azul', 1), ('TONO', 'T2', 'Negro', 2), ('TALLA', 'S', 'S', 1), ('TALLA', 'M', 'M', 2), ('TALLA', 'L', 'L', 3);
insert into material (code, name, kind, unit, unit_cost, unit_weight_kg, min_stock, min_shelf_life_days, lot_tracked, allocation_policy,
    supplier, critical_quantity, x_attribute, y_attribute, overproduction_tolerance)
values ('JEAN', 'Jean', 'FinishedProduct', 'pz', 50000, 0.5, null, null, true, 'SingleLotFirst', null, null, 'TONO', 'TALLA', 0.2),
    ('CHAIR', 'Silla', 'FinishedProduct', 'pz', 100, 4, null, null, true, 'SingleLotFirst', null, null, null, null, 0),
    ('PIN', 'Pin', 'FinishedProduct', 'pz', 3, 0.01, null, null, true, 'SingleLotFirst', null, null, null, null, 0),
    ('SEAT', 'Asiento', 'Component', 'pz', 20, 1, 4, null, true, 'SplitFefo', null, null, null, null, 0),
    ('TELA', 'Tela', 'RawMaterial', 'm', 14500.35, null, null, null, true, 'SingleLot', 'TELAS', 30, null, null, 0),
    ('BOTON', 'Botón', 'Component', 'pz', 120.5, null, 40, null, false, 'SplitFefo', 'MADERAS', null, null, null, 0),
    ('HILO', 'Hilo', 'RawMaterial', 'm', 33.33, null, 5, 3, true, 'SplitFefo', null, null, null, null, 0),
    ('WOOD', 'Madera', 'RawMaterial', 'm', 10, null, 20, null, true, 'SingleLotFirst', 'MADERAS', 25, null, null, 0),
    ('SCREW', 'Tornillo', 'Component', 'pz', 0.5, null, null, null, false, 'SingleLotFirst', 'MADERAS', null, null, null, 0),
    ('FOAM', 'Espuma', 'RawMaterial', 'kg', null, null, null, 0, true, 'SingleLotFirst', 'MADERAS', null, null, null, 0);
insert into bom (code, material, active, created_at, created_by)
values ('B-JEAN', 'JEAN', true, '2026-01-01', 'seed'), ('B-CHAIR', 'CHAIR', true, '2026-01-01', 'seed'), ('B-SEAT', 'SEAT', true, '2026-01-01', 'seed');
insert into bom_line (bom, position, component, quantity, unit)
values ('B-JEAN', 1, 'TELA', 1.25, 'm'), ('B-JEAN', 2, 'BOTON', 4, 'pz'), ('B-JEAN', 3, 'HILO', 0.333, 'm'),
    ('B-CHAIR', 1, 'WOOD', 2.5, 'm'), ('B-CHAIR', 2, 'SCREW', 4, 'pz'), ('B-CHAIR', 3, 'SEAT', 1, 'pz'), ('B-SEAT', 1, 'FOAM', 0.375, 'kg');
insert into production_line (code, name, capacity_kg, active) values ('L1', 'Uno', 12, true), ('L2', 'Dos', 5, true), ('L3', 'Tres', 50, false);
insert into line_compatibility (line, material, priority)
values ('L1', 'JEAN', 1), ('L1', 'CHAIR', 2), ('L2', 'JEAN', 2), ('L2', 'SEAT', 1), ('L2', 'PIN', 5), ('L3', 'CHAIR', 1);
