select message_id, requisition, recipient, subject, body, attempts
from outgoing_mail
where state = 'queued' and next_attempt_at <= $1::timestamptz
order by next_attempt_at, id
limit $2::int
