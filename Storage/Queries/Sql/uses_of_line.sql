select 'orders', count(*) from production_order where line = @code
