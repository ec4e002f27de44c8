insert into sales_line (sales_order, position, material, quantity, production_order)
select "salesOrder", position, material, quantity, "order" from import_sales_lines order by source_line
