select o.number, concat(o.number, '|', o.status, '|', o.matrix_state, '|', trim_scale(o.quantity), '|', trim_scale(o.produced), '|',
    trim_scale(o.moved), '|', o.line, '|', case when o.awaits_materials then 'true' else 'false' end, '|', (
        select string_agg(a.lot || '=' || trim_scale(a.quantity), ',' order by (a.lot || '=' || trim_scale(a.quantity)) collate "C")
        from allocation a
        where a.production_order = o.number and a.state = 'Reserved'
    ))
from production_order o
