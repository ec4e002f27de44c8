-- The plant's margin, or the material's own, as reserving takes it.
select m.code
from material m
where m.code = any ($1::text[]) and exists (
    select from lot l
    where l.material = m.code and l.status = 'Available' and l.on_hand > l.reserved
        and (l.expires_on is null or l.expires_on >= $2::date + greatest(1, coalesce(m.min_shelf_life_days, $3::int)))
)
