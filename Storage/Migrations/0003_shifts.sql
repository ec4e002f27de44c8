-- When a line works: shifts and stops as JSON. A line without a row works by the plant's default calendar.
create table line_calendar (
    line code primary key references production_line on delete cascade,
    calendar jsonb not null,
    version int not null default 1
);

-- No two open orders stand at one place of a line's queue. Checked row by row: orders that change places go by way of new ones.
create unique index production_order_queue on production_order (line, line_position)
    where line is not null and status in ('Draft', 'Planned', 'InProgress');

-- What a line made today.
create index production_order_made on production_order (line, finished_at) where line is not null and finished_at is not null;

-- What nobody has put on a line yet, the most urgent first.
create index production_order_unplanned on production_order (due_date, priority, id)
    where line is null and status in ('Draft', 'Planned', 'InProgress');
