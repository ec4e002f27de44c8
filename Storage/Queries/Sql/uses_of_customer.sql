select 'salesOrders', count(*) from sales_order where customer = @code
