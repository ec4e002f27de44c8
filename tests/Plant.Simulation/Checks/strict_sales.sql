-- A sale has an order for each line once it is confirmed, and is Done when they are.
select concat(s.number, ' ', s.status, ' line ', l.position, ' has ', coalesce(l.production_order, 'no order'))
from sales_order s
join sales_line l on l.sales_order = s.number
left join production_order o on o.number = l.production_order
where (s.status in ('Confirmed', 'Done')) and (o.number is null or o.sales_order is distinct from s.number or o.material <> l.material)
    or (s.status = 'Pending' and l.production_order is not null)
union all
select concat(l.production_order, ' was made with ', e.data ->> 'quantity', ' for ', trim_scale(l.quantity))
from sales_line l
join event e on e.subject = 'order:' || l.production_order and e.type = 'order-created'
where (e.data ->> 'quantity')::numeric <> l.quantity
union all
select concat(s.number, ' is ', s.status, ' with ', string_agg(distinct o.status, ', '))
from sales_order s
join production_order o on o.sales_order = s.number
where o.kind <> 'partial'
group by s.number, s.status
having (s.status = 'Confirmed' and bool_and(o.status in ('Done', 'Cancelled')) and bool_or(o.status = 'Done'))
    or (s.status = 'Cancelled' and bool_or(o.status <> 'Cancelled'))
    or s.status = 'Pending'
