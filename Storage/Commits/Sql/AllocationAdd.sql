insert into allocation (production_order, lot, material, quantity, state, by, at)
select u.production_order, u.lot, u.material, u.quantity, 'Reserved', u.by, u.at
from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[], $6::text[], $7::timestamptz[])
        as u (key, production_order, lot, material, quantity, by, at)
on conflict (production_order, lot) where state = 'Reserved' do update set quantity = allocation.quantity + excluded.quantity;
