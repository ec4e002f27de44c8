select code, material, status, quantity, on_hand, reserved, expires_on, supplier, supplier_lot, location, attributes, bulk,
    production_order, requisition, received_at, version
from lot
where code = any ($1)
order by code
