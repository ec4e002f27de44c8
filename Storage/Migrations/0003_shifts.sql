-- When a line works: shifts and stops as JSON. A line without a row works by the plant's default calendar.
create table line_calendar (
    line code primary key references production_line on delete cascade,
    calendar jsonb not null,
    version int not null default 1
);

-- No two open orders stand at one place of a line's queue. Checked when a statement ends, so that two may change places in one.
alter table production_order add constraint production_order_queue exclude (line with =, line_position with =)
    where (line is not null and status in ('Draft', 'Planned', 'InProgress')) deferrable;

-- What a line made today.
create index production_order_made on production_order (line, finished_at) where line is not null and finished_at is not null;
