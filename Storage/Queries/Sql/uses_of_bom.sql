select 'orders', count(*) from production_order where bom = @code
