select production_order, code
from lot
where production_order = any ($1)
order by production_order, code
