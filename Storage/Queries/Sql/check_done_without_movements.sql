-- An exploded order has its movements under its partial orders.
select o.number::text
from production_order o
where o.status = 'Done' and o.matrix_state is null
    and not exists (select from inventory_movement i where i.reference = o.number and not i.withdrawn)
