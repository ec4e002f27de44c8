select o.number, o.id
from production_order o
where true
/*include order_filters*/
/*?after*/ and o.id < @after
order by o.id desc
limit @limit
