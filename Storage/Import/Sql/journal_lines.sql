insert into journal_line (entry, position, account, debit, credit)
select entry, position, account, coalesce(debit, 0), coalesce(credit, 0) from import_journal_lines order by source_line
