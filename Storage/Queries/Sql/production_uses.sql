-- What a production used up: a finished order, or the partial orders that came into being together with this one.
with made as (
    select o.number, o.finished_at
    from production_order p
    join production_order o on o.number = p.number
        or (p.kind = 'partial' and o.parent = p.parent and o.kind = 'partial' and o.created_at = p.created_at)
    where p.number = $1
)
select i.material, i.lot, i.location, -sum(i.quantity), max(i.unit_cost), min(coalesce(m.finished_at, i.at))
from made m
join inventory_movement i on i.reference = m.number
where i.type = 'PRODUCTION_OUT' and not i.withdrawn
group by i.material, i.lot, i.location
order by i.material, i.lot
