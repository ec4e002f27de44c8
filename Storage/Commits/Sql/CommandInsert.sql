with met as (
    insert into command (actor, call, key, body_hash, answer)
    select u.actor, u.call, u.key, u.body_hash, u.answer from
        unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::text[])
        as u (whole, actor, call, key, body_hash, answer)
    on conflict do nothing
    returning concat_ws(e'\x1f', actor, call, key) as key
)
select premise('CommandInsert', $1::text[], (select array_agg(key) from met));
