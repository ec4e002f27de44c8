-- A cell that was made with its order is shown by the order until it changes.
select concat(c.production_order, ' ', c.x, ' ', c.y), concat(c.production_order, '|', c.x, '|', c.y, '|', trim_scale(c.planned), '|',
    trim_scale(c.to_produce), '|', trim_scale(c.produced), '|', trim_scale(c.moved), '|', c.version)
from matrix_cell c
where exists (select from event e where e.subject = 'order:' || c.production_order and e.type = 'cell-changed'
    and e.data ->> 'x' = c.x and e.data ->> 'y' = c.y)
    or c.version > 1
