select code from production_line order by code
