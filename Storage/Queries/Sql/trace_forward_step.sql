        select o.lot::text as source, o.reference::text as target, -o.quantity as quantity, 'used' as kind
        from inventory_movement o
        where o.lot = start.code and o.type = 'PRODUCTION_OUT' and not o.withdrawn and o.reference is not null
        union all
        select t.reference::text, t.lot::text, t.quantity::numeric, 'part'
        from inventory_movement t
        where t.reference = start.code and t.type = 'TRANSFER_IN' and not t.withdrawn and t.lot <> start.code
