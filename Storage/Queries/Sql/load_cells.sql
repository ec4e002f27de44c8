select production_order, x, y, planned, to_produce, produced, moved, version, set_by, set_at
from matrix_cell
where production_order = any ($1)
