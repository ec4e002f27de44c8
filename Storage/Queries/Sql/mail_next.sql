select min(next_attempt_at) from outgoing_mail where state = 'queued'
