select o.number, o.id, o.line, o.material, m.name, o.status, o.quantity, outstanding.units,
    outstanding.units * coalesce(m.unit_weight_kg, 0), o.due_date, o.priority, o.line_position
from (
    select *
    from production_order w
    where w.line is null and w.status in ('Draft', 'Planned', 'InProgress')
/*?search*/ and (w.number ilike @search or w.material ilike @search or w.material in (select code from material where name ilike @search))
    order by w.due_date, w.priority, w.id
    limit @limit
) o
join material m on m.code = o.material
/*include outstanding*/
order by o.due_date, o.priority, o.id
