select 'materials', count(*) from material where supplier = @code
union all
select 'lots', count(*) from lot where supplier = @code
union all
select 'requisitions', count(*) from requisition where supplier = @code
