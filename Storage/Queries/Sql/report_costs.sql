-- Cost of what was used up, at the unit cost it had then (the present one where that was not known), beside what the product is said to cost. A material without cost counts as none
-- and is named by its absence: "withoutCost" components.
select row_to_json(r)
from (
    select o.material, p.name, p.unit,
        trim_scale(coalesce(sum(i.quantity) filter (where i.type = 'PRODUCTION_IN'), 0)) as produced,
        trim_scale(round(coalesce(-sum(i.quantity * coalesce(i.unit_cost, c.unit_cost)) filter (where i.type = 'PRODUCTION_OUT'), 0), 2)) as "materialCost",
        trim_scale(round(-sum(i.quantity * coalesce(i.unit_cost, c.unit_cost)) filter (where i.type = 'PRODUCTION_OUT')
            / nullif(sum(i.quantity) filter (where i.type = 'PRODUCTION_IN'), 0), 4)) as "unitCost",
        trim_scale(p.unit_cost) as "standardCost",
        count(distinct i.material) filter (where i.type = 'PRODUCTION_OUT' and coalesce(i.unit_cost, c.unit_cost) is null) as "withoutCost"
    from inventory_movement i
    join production_order o on o.number = i.reference
    join material p on p.code = o.material
    join material c on c.code = i.material
    where i.type in ('PRODUCTION_IN', 'PRODUCTION_OUT') and not i.withdrawn
/*?from*/ and i.at >= @from
/*?before*/ and i.at < @before
    group by o.material, p.name, p.unit, p.unit_cost
    order by 5 desc, o.material
) r
