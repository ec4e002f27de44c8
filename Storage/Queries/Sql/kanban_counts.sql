select o.status, count(*)
from production_order o
where true
/*include order_filters*/
group by o.status
