select version from production_order where number = $1
