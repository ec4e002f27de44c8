select code, status, location, on_hand - reserved, expires_on, received_at
from lot
where code = any ($1)
