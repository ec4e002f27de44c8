select s.number
from sales_order s
where s.status = 'Confirmed' and not exists (
    select from production_order o where o.sales_order = s.number and o.status in ('Draft', 'Planned', 'InProgress')
)
