select count(*) from production_order where line is null and status in ('Draft', 'Planned', 'InProgress')
