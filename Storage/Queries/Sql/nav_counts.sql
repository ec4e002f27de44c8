select
    (select count(*) from production_order where status = 'Draft'),
    (select count(*) from production_order where status = 'Planned'),
    (select count(*) from production_order where status = 'InProgress'),
    -- Walks the expiry index where it can: lots in quarantine are few among very many.
    (select count(*) from lot where status = 'Quarantine' and expires_on is not null)
        + (select count(*) from lot where status = 'Quarantine' and expires_on is null),
    (select count(*) from alert where state = 'active'),
    (select count(*) from requisition where status = 'AwaitingApproval'),
    (select count(*) from sales_order where status = 'Pending')
