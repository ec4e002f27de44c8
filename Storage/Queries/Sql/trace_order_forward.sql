-- From an order, its partial orders taken as one with it, to the lots it made, and on from there as from any lot.
with recursive links as (
    select (@code::text collate "C") as source, i.lot::text as target, i.quantity::numeric as quantity, 'made' as kind
    from production_order p
    join inventory_movement i on i.reference = p.number
    where (p.number = @code or (p.parent = @code and p.kind = 'partial')) and i.type = 'PRODUCTION_IN' and not i.withdrawn
/*include trace_forward_rest*/
