select number from production_order where number like $1 || '-R%' and kind = 'backorder'
