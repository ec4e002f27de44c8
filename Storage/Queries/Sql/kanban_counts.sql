select o.status, count(*)
from production_order o
-- A partial order is one lot of an explosion: it would bury the orders that people work on.
where o.kind <> 'partial'
/*include order_filters*/
group by o.status
