-- Movements are of their lot's material, transfers come out even, productions name an order that made or used something.
select concat('movement ', i.id, ' ', i.type, ' of ', i.lot)
from inventory_movement i
join lot l on l.code = i.lot
where i.material <> l.material
    or (i.type like 'PRODUCTION%' and not exists (select from production_order o where o.number = i.reference))
    or (i.type = 'PRODUCTION_IN' and (i.lot <> i.reference or i.quantity <> l.quantity))
union all
select concat('transfers of ', reference, ': ', sum(quantity))
from inventory_movement
where type like 'TRANSFER%'
group by reference
having sum(quantity) <> 0
union all
-- Withdrawn together or not at all, and only with the order that they were for.
select concat('withdrawn movements of ', o.number)
from production_order o
join inventory_movement i on i.reference = o.number and i.type like 'PRODUCTION%'
group by o.number, o.status
having bool_or(i.withdrawn) <> bool_and(i.withdrawn) or bool_or(i.withdrawn) <> (o.status = 'Cancelled')
