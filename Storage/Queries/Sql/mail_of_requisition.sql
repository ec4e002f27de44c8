select message_id, requisition, recipient, subject, body, attempts, state
from outgoing_mail
where requisition = $1
order by id desc
limit 1
