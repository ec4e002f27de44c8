-- What was ordered is what the order was created with; a part that was split again answers for its own parts.
with created as (
    select o.number, o.kind, o.parent, o.quantity as now, (e.data ->> 'quantity')::numeric as first
    from production_order o
    join event e on e.subject = 'order:' || o.number and e.type = 'order-created'
    where o.kind = 'split' or exists (select from production_order s where s.parent = o.number and s.kind = 'split')
)
select o.number::text
from created o
join created s on s.parent = o.number and s.kind = 'split'
group by o.number, o.now, o.first
having o.now + sum(s.first) <> o.first
