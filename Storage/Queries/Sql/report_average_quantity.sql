-- The row without a material is the average over all orders.
select row_to_json(r)
from (
    select o.material, min(m.name) filter (where o.material is not null) as name, count(*) as orders, trim_scale(round(avg(o.quantity), 3)) as average
    from production_order o
    join material m on m.code = o.material
    where o.kind <> 'partial'
/*?from*/ and o.created_at >= @from
/*?before*/ and o.created_at < @before
    group by grouping sets ((), (o.material))
    having count(*) > 0
    order by o.material nulls first
) r
