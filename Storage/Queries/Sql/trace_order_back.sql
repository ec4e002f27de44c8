-- From an order, its partial orders taken as one with it, to the lots it used up, and on from there as from any lot.
with recursive links as (
    select o.lot::text as source, (@code::text collate "C") as target, -o.quantity as quantity, 'used' as kind
    from production_order p
    join inventory_movement o on o.reference = p.number
    where (p.number = @code or (p.parent = @code and p.kind = 'partial')) and o.type = 'PRODUCTION_OUT' and not o.withdrawn
/*include trace_back_rest*/
