with written as (
    insert into sales_order (number, status, customer, due_date, created_by, created_at)
    select i.number, i.status, i.customer, i."dueDate", coalesce(i."createdBy", r.actor), coalesce(i."createdAt", r.now)
    from import_sales_orders i cross join import_run r order by source_line
    returning number)
insert into import_written (kind, key, created) select 'sales-order', number, true from written
