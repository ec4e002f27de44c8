/*?status*/ and o.status = any (@status)
/*?matrixState*/ and o.matrix_state = any (@matrixState)
/*?material*/ and o.material = any (@material)
/*?bom*/ and o.bom = any (@bom)
/*?line*/ and o.line = any (@line)
/*?parent*/ and o.parent = any (@parent)
/*?salesOrder*/ and o.sales_order = any (@salesOrder)
/*?origin*/ and o.origin_location = any (@origin)
/*?numbers*/ and o.number = any (@numbers)
/*?from*/ and o.created_at >= @from
/*?before*/ and o.created_at < @before
/*?search*/ and (o.number ilike @search or o.material ilike @search or o.observations ilike @search
/*?search*/     or o.material = any (array(select code from material where name ilike @search)))
