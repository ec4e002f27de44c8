-- Who made the master data, and the stock at the beginning. $1 lots, $2 their materials, $3 quantities, $4 expiries, $5 places, $6 now.
with master as (
    insert into event (type, subject, version, actor, data)
    select k.kind || '-created', k.kind || ':' || k.code, 1, 'seed', '{}'::jsonb
    from (
        select 'unit' as kind, code from unit
        union all select 'location', code from location
        union all select 'supplier', code from supplier
        union all select 'customer', code from customer
        union all select 'attribute', code from attribute
        union all select 'material', code from material
        union all select 'bom', code from bom
        union all select 'line', code from production_line
    ) k
),
given as (
    select u.* from unnest($1::text[], $2::text[], $3::numeric[], $4::date[], $5::text[])
        with ordinality as u (code, material, quantity, expires_on, location, n)
),
lots as (
    insert into lot (code, material, status, quantity, on_hand, location, received_at, expires_on, bulk)
    select g.code, g.material, 'Available', g.quantity, g.quantity, g.location, $6::timestamptz - make_interval(hours => 100 - g.n::int),
        g.expires_on, not m.lot_tracked
    from given g join material m on m.code = g.material
    returning *
),
movements as (
    insert into inventory_movement (type, material, lot, location, quantity, reference, by, at)
    select 'PURCHASE_IN', material, code, location, on_hand, code, 'seed', received_at from lots
)
insert into event (type, subject, also, version, actor, data)
select 'lot-changed', 'lot:' || l.code, 'material:' || l.material, 1, 'seed',
    jsonb_build_object('code', l.code, 'material', l.material, 'status', l.status, 'quantity', l.quantity, 'onHand', l.on_hand,
        'reserved', 0, 'available', l.on_hand, 'expiresOn', l.expires_on, 'location', l.location, 'version', 1, 'reason', 'seed')
from lots l
