select row_to_json(r)
from (
    select i.material, m.name, m.unit, trim_scale(-sum(i.quantity)) as consumed, count(distinct i.reference) as orders,
        trim_scale(round(-sum(i.quantity * coalesce(i.unit_cost, m.unit_cost)), 2)) as cost
    from inventory_movement i
    join material m on m.code = i.material
    where i.type = 'PRODUCTION_OUT' and not i.withdrawn
/*?from*/ and i.at >= @from
/*?before*/ and i.at < @before
    group by i.material, m.name, m.unit
    order by -sum(i.quantity * coalesce(i.unit_cost, m.unit_cost)) desc nulls last, i.material
) r
