with met as (
    update lot l
    set quantity = l.quantity + u.received,
        on_hand = l.on_hand + u.on_hand,
        reserved = l.reserved + u.reserved,
        status = case
            when coalesce(u.status, l.status) not in ('Available', 'Depleted') then coalesce(u.status, l.status)
            when l.status = 'Depleted' and l.expires_on <= u.today and l.reserved + u.reserved = 0 and l.on_hand + u.on_hand > 0 then 'Expired'
            when l.on_hand + u.on_hand > l.reserved + u.reserved then 'Available'
            else 'Depleted'
        end,
        location = coalesce(u.location, l.location),
        attributes = coalesce(u.attributes, l.attributes),
        version = l.version + case when u.fresh then 0 else 1 end
    from unnest($1::text[], $2::numeric[], $3::numeric[], $4::boolean[], $5::date[], $6::int[], $7::text[], $8::text[], $9::jsonb[],
    $10::boolean[], $11::numeric[], $12::text[])
        as u (key, on_hand, reserved, usable, today, expected_version, status, location, attributes, fresh, received, at)
    where l.code = u.key
        and (u.expected_version is null or l.version = u.expected_version)
        and (u.at is null or l.location = u.at)
        and (not u.usable or (l.status in ('Available', 'Depleted') and (l.expires_on is null or l.expires_on > u.today)))
        and l.reserved + u.reserved >= 0
        and l.reserved + u.reserved <= l.on_hand + u.on_hand
    returning u.key
)
select premise('LotChange', $1::text[], (select array_agg(key) from met));
