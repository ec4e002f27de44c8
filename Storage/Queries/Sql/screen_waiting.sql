select o.number, m.name, o.due_date, o.priority, coalesce((
        select jsonb_agg(c.name order by c.name)
        from jsonb_to_recordset(o.bom_lines) as l (component text, quantity numeric)
        join material c on c.code = l.component
        where l.quantity * greatest(o.quantity - o.moved - o.produced, 0) > coalesce((
            select sum(a.quantity) from allocation a
            where a.production_order = o.number and a.material = l.component and a.state = 'Reserved'
        ), 0)
    ), '[]'), count(*) over ()
from production_order o
join material m on m.code = o.material
where o.awaits_materials and o.status in ('Draft', 'Planned', 'InProgress')
order by o.due_date nulls last, o.priority, o.id
limit @limit
