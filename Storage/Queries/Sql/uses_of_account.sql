select 'entries', count(distinct entry) from journal_line where account = @code
union all
-- The accounts of productions, by default 1430 and 1405.
select 'accountingSettings', count(*)
from (values ('accounting.finishedGoods', '1430'), ('accounting.rawMaterials', '1405')) d (key, code)
left join plant_setting s on s.key = d.key
where coalesce(s.value, d.code) = @code
