select s.number, s.status, s.customer, s.due_date, coalesce((
        select jsonb_agg(jsonb_build_object('material', l.material, 'quantity', l.quantity, 'productionOrder', l.production_order)
            order by l.position)
        from sales_line l
        where l.sales_order = s.number
    ), '[]'),
    array(select o.number::text from production_order o where o.sales_order = s.number order by o.id),
    exists (
        select from production_order o
        where o.sales_order = s.number and o.awaits_materials and o.status in ('Draft', 'Planned', 'InProgress')
    ), s.version, c.name, s.created_by, s.created_at, s.id
from sales_order s
join customer c on c.code = s.customer
where true
/*?number*/ and s.number = any (@number)
/*?status*/ and s.status = any (@status)
/*?party*/ and s.customer = any (@party)
/*?material*/ and exists (select from sales_line l where l.sales_order = s.number and l.material = any (@material))
/*?after*/ and s.id < @after
order by s.id desc
limit @limit
