select code
from lot
where expires_on <= $1::date and expires_on is not null and status in ('Available', 'Depleted', 'Quarantine') and on_hand > 0
order by expires_on, code
