select 'openMatrices', count(*)
from production_order
where material = @code and matrix_state is not null and status in ('Draft', 'Planned', 'InProgress')
