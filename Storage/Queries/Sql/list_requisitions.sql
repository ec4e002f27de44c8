select r.number, r.supplier, r.status, coalesce((
        select jsonb_agg(jsonb_build_object('material', l.material, 'quantity', l.quantity, 'targetDate', l.target_date) order by l.position)
        from requisition_line l
        where l.requisition = r.number
    ), '[]'), r.mail, r.sales_order, r.production_order, r.version, s.name, r.created_by, r.created_at, r.id
from requisition r
left join supplier s on s.code = r.supplier
where true
/*?number*/ and r.number = any (@number)
/*?status*/ and r.status = any (@status)
/*?party*/ and r.supplier = any (@party)
/*?salesOrder*/ and r.sales_order = any (@salesOrder)
/*?productionOrder*/ and r.production_order = any (@productionOrder)
/*?material*/ and exists (select from requisition_line l where l.requisition = r.number and l.material = any (@material))
/*?after*/ and r.id < @after
order by r.id desc
limit @limit
