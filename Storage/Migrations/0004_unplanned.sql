-- What nobody has put on a line yet, the most urgent first.
create index production_order_unplanned on production_order (due_date, priority, id)
    where line is null and status in ('Draft', 'Planned', 'InProgress');
