select 'orders', count(*) from production_order where origin_location = @code or destination_location = @code
union all
select 'lots', count(*) from lot where location = @code
union all
select 'movements', count(*) from inventory_movement where location = @code
