select l.code::text
from lot l
left join (
    select lot, sum(quantity) as quantity from inventory_movement where not withdrawn group by lot
) ledger on ledger.lot = l.code
left join (
    select lot, sum(quantity) as quantity from allocation where state = 'Reserved' group by lot
) open on open.lot = l.code
where l.on_hand <> coalesce(ledger.quantity, 0)
    or l.reserved <> coalesce(open.quantity, 0)
    or l.reserved not between 0 and l.on_hand
