select row_to_json(r)
from (
    select o.status, count(*) as orders, trim_scale(sum(o.quantity)) as quantity, trim_scale(sum(o.produced)) as produced
    from production_order o
    where true
/*?from*/ and o.created_at >= @from
/*?before*/ and o.created_at < @before
    group by o.status
    order by count(*) desc, o.status
) r
