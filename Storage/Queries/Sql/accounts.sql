select a.code, a.name, a.kind, coalesce(s.debit, 0), coalesce(s.credit, 0), coalesce(s.entries, 0)
from account a
left join (
    select account, sum(debit) as debit, sum(credit) as credit, count(distinct entry) as entries from journal_line group by account
) s on s.account = a.code
order by a.code
