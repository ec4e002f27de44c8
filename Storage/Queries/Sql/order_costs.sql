-- What an order and its partial orders used up: quantity, what of it was booked at a cost of its own, and that cost.
select i.material, -sum(i.quantity), coalesce(-sum(i.quantity) filter (where i.unit_cost is not null), 0), coalesce(-sum(i.quantity * i.unit_cost), 0)
from production_order p
join inventory_movement i on i.reference = p.number
where (p.number = @order or (p.parent = @order and p.kind = 'partial')) and i.type = 'PRODUCTION_OUT' and not i.withdrawn
group by i.material
order by i.material
