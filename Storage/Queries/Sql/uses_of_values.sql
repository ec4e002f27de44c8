select 'cells', count(*)
from matrix_cell c
join production_order o on o.number = c.production_order
join material m on m.code = o.material
where (m.x_attribute = @code and c.x = any (@values)) or (m.y_attribute = @code and c.y = any (@values))
union all
select 'lots', count(*) from lot where attributes ->> @code = any (@values)
