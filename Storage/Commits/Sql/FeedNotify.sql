select pg_notify('feed', '');
