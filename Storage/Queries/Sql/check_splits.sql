-- What was ordered is what the order was created with; a part that was split again answers for its own parts, and of a part that was
-- taken back only what it had given on to others counts. An imported order came divided: what it was created with is not known here.
with created as (
    select o.number, o.kind, o.parent, o.quantity as now, (e.data ->> 'quantity')::numeric as first,
        case when o.kind = 'split' and o.status = 'Cancelled' and o.moved = o.quantity and o.produced = 0 then o.quantity else 0 end as back
    from production_order o
    join event e on e.subject = 'order:' || o.number and e.type = 'order-created'
    where (o.kind = 'split' or not e.data ? 'imported') and (o.kind = 'split' or exists (select from production_order s where s.parent = o.number and s.kind = 'split'))
)
select o.number::text
from created o
join created s on s.parent = o.number and s.kind = 'split'
group by o.number, o.now, o.first
having o.now + sum(s.first - s.back) <> o.first
