-- Status, matrix, dates, line and numbers of an order go together.
select concat(o.number, ' ', o.kind, ' ', o.status, ' matrix ', o.matrix_state, ' made ', trim_scale(o.produced), ' of ', trim_scale(o.quantity))
from production_order o
left join production_order p on p.number = o.parent
where (o.status = 'Draft' and coalesce(o.matrix_state, 'pending') <> 'pending')
    or (o.status = 'Planned' and coalesce(o.matrix_state, 'planned') <> 'planned')
    or (o.status = 'InProgress' and coalesce(o.matrix_state, 'progress') <> 'progress')
    or (o.status = 'Done' and coalesce(o.matrix_state, 'done') <> 'done')
    or (o.status in ('Draft', 'Planned') and (o.produced > 0 or o.moved > 0 or o.partials > 0 or o.started_at is not null))
    or (o.status = 'Done') <> (o.finished_at is not null) and o.status <> 'Cancelled'
    or (o.status = 'InProgress' and o.started_at is null)
    or (o.matrix_state is null and o.status = 'Done' and o.produced <> o.quantity)
    or (o.matrix_state is null and o.status <> 'Done' and o.produced > 0)
    or (o.status = 'Cancelled' and o.produced > 0)
    or (o.awaits_materials and o.status not in ('Draft', 'Planned', 'InProgress'))
    or (o.line is null and o.line_position is not null)
    or (o.kind = 'main') <> (o.parent is null)
    or (o.kind = 'partial' and (o.matrix_state is not null or o.status not in ('Done', 'Cancelled') or o.number !~ ('^' || o.parent || '-\d\d+$')))
    or (o.kind = 'backorder' and o.number !~ ('^' || regexp_replace(o.parent, '-R\d+$', '') || '-R\d+$'))
    or (o.kind in ('main', 'split') and o.number !~ '^WO-\d{4,}$')
    or (o.parent is not null and (o.material <> p.material or o.sales_order is distinct from p.sales_order or o.bom_lines <> p.bom_lines))
