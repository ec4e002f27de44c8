with met as (
    insert into outgoing_mail (message_id, requisition, recipient, subject, body, state, next_attempt_at)
    select * from
        unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
        as u (message_id, requisition, recipient, subject, body, state, next_attempt_at)
    on conflict do nothing
    returning message_id as key
)
select premise('MailInsert', $1::text[], (select array_agg(key) from met));
