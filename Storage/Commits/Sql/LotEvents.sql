insert into event (type, subject, also, version, actor, data)
select 'lot-changed', 'lot:' || l.code, 'material:' || l.material, l.version, u.actor,
    jsonb_build_object('code', l.code, 'material', l.material, 'status', l.status, 'quantity', trim_scale(l.quantity),
        'onHand', trim_scale(l.on_hand), 'reserved', trim_scale(l.reserved), 'available', trim_scale(l.on_hand - l.reserved),
        'expiresOn', l.expires_on, 'location', l.location, 'version', l.version, 'reason', u.reason)
from unnest($1::text[], $2::text[], $3::text[])
        as u (key, actor, reason)
join lot l on l.code = u.key;
