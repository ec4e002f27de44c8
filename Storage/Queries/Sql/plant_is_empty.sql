select not exists (select from unit) and not exists (select from material) and not exists (select from production_order)
