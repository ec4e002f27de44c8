select l.code, l.material, l.status, l.quantity, l.on_hand, l.reserved, l.expires_on, l.supplier, l.supplier_lot, l.location,
    l.attributes, coalesce((
        select jsonb_agg(jsonb_build_object('decision', i.decision, 'result', i.result, 'note', i.note, 'by', i.by, 'at', i.at) order by i.id)
        from lot_inspection i
        where i.lot = l.code
    ), '[]'), l.version, m.name, m.unit, l.bulk, l.production_order, l.requisition, l.received_at
from lot l
join material m on m.code = l.material
where true
/*?code*/ and l.code = @code
/*?material*/ and l.material = any (@material)
/*?status*/ and l.status = any (@status)
/*?location*/ and l.location = any (@location)
/*?requisition*/ and l.requisition = any (@requisition)
/*?expiresBefore*/ and l.expires_on < @expiresBefore
/*?search*/ and (l.code ilike @search or l.supplier_lot ilike @search or l.material ilike @search
/*?search*/     or l.material = any (array(select code from material where name ilike @search)))
/*?after*/ and l.code > @after
order by l.code
limit @limit
