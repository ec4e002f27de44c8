select number from production_order where number >= $1 || '-R' and number < $1 || '-S' and kind = 'backorder'
