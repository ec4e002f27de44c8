select production_order, lot, material, quantity, state
from allocation
where production_order = any ($1)
order by production_order, id
