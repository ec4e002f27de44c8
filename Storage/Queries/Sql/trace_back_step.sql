        -- A produced lot has its order's number as code: only the type tells them apart.
        select i.reference::text as source, i.lot::text as target, i.quantity::numeric,
            case i.type when 'PRODUCTION_IN' then 'made' else 'part' end as kind
        from inventory_movement i
        where i.lot = start.code and not i.withdrawn and i.reference is not null
            and (i.type = 'PRODUCTION_IN' or (i.type = 'TRANSFER_IN' and i.reference <> i.lot))
