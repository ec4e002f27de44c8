with moved as (select lot, sum(quantity) filter (where not coalesce(withdrawn, false)) as on_hand from import_movements group by 1),
open as (select lot, sum(quantity) as reserved from import_allocations where state = 'Reserved' group by 1),
written as (
    insert into lot (code, material, status, quantity, on_hand, reserved, expires_on, supplier, supplier_lot, location, attributes,
        bulk, production_order, requisition, received_at)
    select i.code, i.material, i.status, i.quantity, coalesce(i."onHand", case when m.lot is null then i.quantity else m.on_hand end, 0),
        coalesce(i.reserved, o.reserved, 0), i."expiresOn", i.supplier, i."supplierLot", i.location, coalesce(i.attributes, '{}'),
        coalesce(i.bulk, false), i."order", i.requisition, coalesce(i."receivedAt", r.now)
    from import_lots i cross join import_run r left join moved m on m.lot = i.code left join open o on o.lot = i.code
    order by source_line
    returning code)
insert into import_written (kind, key, created) select 'lot', code, true from written
