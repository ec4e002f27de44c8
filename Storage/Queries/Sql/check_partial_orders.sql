select o.number::text
from production_order o
left join (
    select parent, sum(quantity) as quantity
    from production_order
    where kind = 'partial' and status <> 'Cancelled'
    group by parent
) p on p.parent = o.number
where o.matrix_state is not null and o.status <> 'Cancelled' and o.produced <> coalesce(p.quantity, 0)
union all
select o.number::text
from production_order o
left join lot l on l.production_order = o.number
where o.kind = 'partial'
group by o.number
having count(l.code) <> 1
