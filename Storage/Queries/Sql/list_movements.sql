select i.id, i.type, i.material, i.lot, i.location, i.quantity, i.reference, i.reason, i.withdrawn, i.at, i.by, i.unit_cost
from inventory_movement i
where true
/*!withdrawn*/ and not i.withdrawn
/*?order*/ and i.reference in (select number from production_order where number = @order or (parent = @order and kind = 'partial'))
/*?reference*/ and i.reference = any (@reference)
/*?material*/ and i.material = any (@material)
/*?lot*/ and i.lot = any (@lot)
/*?location*/ and i.location = any (@location)
/*?type*/ and i.type = any (@type)
/*?from*/ and i.at >= @from
/*?before*/ and i.at < @before
/*?after*/ and i.id < @after
order by i.id desc
limit @limit
