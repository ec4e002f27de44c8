    cross join lateral (
        select coalesce(sum(outstanding.units * coalesce(p.unit_weight_kg, 0)), 0) as kg
        from production_order o
        join material p on p.code = o.material
/*include outstanding*/
        where o.line = l.code and o.status in ('Draft', 'Planned', 'InProgress')
    ) assigned
