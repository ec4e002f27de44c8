select 'materials', count(*) from material where x_attribute = @code or y_attribute = @code
union all
select 'lots', count(*) from lot where attributes ? @code
