with met as (
    update outgoing_mail m
    set state = u.state,
        attempts = u.attempts,
        next_attempt_at = u.next_attempt_at,
        last_error = u.last_error,
        sent_at = u.sent_at
    from unnest($1::text[], $2::int[], $3::text[], $4::int[], $5::timestamptz[], $6::text[], $7::timestamptz[])
        as u (key, expected_attempts, state, attempts, next_attempt_at, last_error, sent_at)
    where m.message_id = u.key and m.attempts = u.expected_attempts
    returning u.key
)
select premise('MailUpdate', $1::text[], (select array_agg(key) from met));
