select coalesce(sum(on_hand), 0) from lot where material = $1 and status in ('Quarantine', 'Available', 'Depleted')
