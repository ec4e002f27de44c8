select number from production_order where sales_order = $1 order by id
