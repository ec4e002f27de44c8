select e.number, e.date, e.description, e.reference, coalesce((
        select jsonb_agg(jsonb_build_object('account', l.account, 'debit', l.debit, 'credit', l.credit, 'accountName', a.name)
            order by l.position)
        from journal_line l
        join account a on a.code = l.account
        where l.entry = e.number
    ), '[]'), e.created_by, e.created_at, e.id
from journal_entry e
where true
/*?reference*/ and e.reference = any (@reference)
/*?from*/ and e.date >= @from
/*?to*/ and e.date <= @to
/*?after*/ and e.id < @after
order by e.id desc
limit @limit
