select
    (select count(*) from production_order where status in ('Draft', 'Planned', 'InProgress')),
    (select count(*) from production_order where status = 'InProgress'),
    (select count(*) from production_order where status in ('Draft', 'Planned', 'InProgress') and due_date < @today),
    (select coalesce(sum(quantity), 0) from inventory_movement where at >= @midnight and type = 'PRODUCTION_IN' and not withdrawn)
