select 'boms', count(*) from bom where material = @code
/*?quantities*/ and false
union all
select 'bomLines', count(*) from bom_line where component = @code
union all
select 'lines', count(*) from line_compatibility where material = @code
/*?quantities*/ and false
union all
select 'orders', count(*) from production_order where material = @code
union all
select 'lots', count(*) from lot where material = @code
union all
select 'salesLines', count(*) from sales_line where material = @code
union all
select 'requisitions', count(*) from requisition_line where material = @code
