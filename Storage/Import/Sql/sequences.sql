-- Drawing the numbers only ever moves a sequence on, whatever else draws from it at this moment.
select count(*) from (
    select nextval(s.name::regclass)
    from (
        select 'production_order_number' as name, max(substring(number from '^WO-([0-9]{1,7})')::bigint) as top from import_orders
        union all select 'sales_order_number', max(substring(number from '^SO-([0-9]{1,7})$')::bigint) from import_sales_orders
        union all select 'requisition_number', max(substring(number from '^RQ-([0-9]{1,7})$')::bigint) from import_requisitions
        union all select 'journal_entry_number', max(substring(number from '^JE-([0-9]{1,7})$')::bigint) from import_journal_entries
    ) s
    join pg_sequences q on q.schemaname = current_schema() and q.sequencename = s.name
    cross join lateral generate_series(coalesce(q.last_value, 0) + 1, s.top)) drawn
