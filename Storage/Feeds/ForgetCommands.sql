delete from command where at < $1::timestamptz;
