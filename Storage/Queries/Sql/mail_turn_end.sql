select pg_advisory_unlock(7703, 1)
