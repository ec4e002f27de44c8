select 'materials', count(*) from material where unit = @code
union all
select 'bomLines', count(*) from bom_line where unit = @code
