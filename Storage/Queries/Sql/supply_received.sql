select material, sum(quantity)
from inventory_movement
where reference = $1 and type = 'PURCHASE_IN' and not withdrawn
group by material
