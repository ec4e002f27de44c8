select l.code
from lot l
join material m on m.code = l.material
where l.code = any ($3::text[]) and l.expires_on > $1::date and l.expires_on < $1::date + coalesce(m.min_shelf_life_days, $2::int)
    and l.status in ('Available', 'Depleted') and l.on_hand > 0
order by l.code
