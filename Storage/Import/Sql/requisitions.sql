with written as (
    insert into requisition (number, supplier, status, mail, sales_order, production_order, created_by, created_at)
    select i.number, i.supplier, i.status, coalesce(i.mail, 'held'), i."salesOrder", i."order",
        coalesce(i."createdBy", r.actor), coalesce(i."createdAt", r.now)
    from import_requisitions i cross join import_run r order by source_line
    returning number)
insert into import_written (kind, key, created) select 'requisition', number, true from written
