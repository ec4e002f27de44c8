select row_to_json(r)
from (
    select o.bom, b.material, m.name, count(*) as orders, trim_scale(sum(o.quantity)) as quantity
    from production_order o
    join bom b on b.code = o.bom
    join material m on m.code = b.material
    -- A partial order is not a use of its own.
    where o.kind <> 'partial'
/*?from*/ and o.created_at >= @from
/*?before*/ and o.created_at < @before
    group by o.bom, b.material, m.name
    order by count(*) desc, o.bom
    limit 100
) r
