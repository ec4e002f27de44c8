insert into matrix_cell (production_order, x, y, planned, to_produce, produced, moved, version, set_by, set_at)
select i."order", i.x, i.y, i.planned, coalesce(i."toProduce", 0), coalesce(i.produced, 0), coalesce(i.moved, 0),
    coalesce(i.version, 1), coalesce(i."setBy", r.actor), coalesce(i."setAt", r.now)
from import_order_cells i cross join import_run r order by source_line
