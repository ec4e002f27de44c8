select row_to_json(r)
from (
    select i.material, m.name, m.unit, trim_scale(sum(i.quantity)) as produced, count(distinct i.reference) as orders
    from inventory_movement i
    join material m on m.code = i.material
    where i.type = 'PRODUCTION_IN' and not i.withdrawn
/*?from*/ and i.at >= @from
/*?before*/ and i.at < @before
    group by i.material, m.name, m.unit
    order by sum(i.quantity) desc, i.material
) r
