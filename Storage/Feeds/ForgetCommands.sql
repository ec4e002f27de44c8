delete from command where at < now() - $1::interval;
