-- The cells of an order add up to it, and an order and the parts that were divided off it to what was ordered.
select concat(o.number, ' has ', sum(c.planned), ' in its cells for ', trim_scale(o.quantity))
from production_order o
join matrix_cell c on c.production_order = o.number
where o.matrix_state <> 'pending'
group by o.number, o.quantity
having sum(c.planned) <> o.quantity
union all
select concat(o.number, ' and its parts have ', o.quantity + sum(s.quantity), ' of ', e.data ->> 'quantity')
from production_order o
join event e on e.subject = 'order:' || o.number and e.type = 'order-created'
join production_order s on s.parent = o.number and s.kind = 'split' and not (s.status = 'Cancelled' and s.moved = s.quantity)
where not exists (select from production_order g where g.parent = s.number and g.kind = 'split')
    and not exists (select from production_order g where g.parent = o.number and g.kind = 'split' and g.status = 'Cancelled')
group by o.number, o.quantity, e.data ->> 'quantity'
having o.quantity + sum(s.quantity) <> (e.data ->> 'quantity')::numeric
