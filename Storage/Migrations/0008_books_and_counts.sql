-- What one unit cost when it moved: a receipt its price, a consumption what it was booked at. Null: not known.
alter table inventory_movement add column unit_cost amount check (unit_cost >= 0);

alter table account add column kind text not null default 'Asset' check (kind in ('Asset', 'Liability', 'Equity', 'Income', 'Expense'));
alter table account add column version int not null default 1;
create index journal_line_account on journal_line (account, entry);

-- Which production an entry books: the finished order, or the first partial order of an explosion; reference is the exploded order.
alter table journal_entry add column production text collate "C";
update journal_entry e
set production = coalesce((
    select min(p.number) from production_order p where p.parent = e.reference and p.kind = 'partial' and p.created_at = e.created_at
), case when exists (select from production_order p where p.parent = e.reference and p.kind = 'partial') then null else e.reference end);

-- Physical counts. The lots that were in the books when a count began, and those that people found beside them.
create sequence stock_count_number;
create table stock_count (
    id bigint generated always as identity unique,
    number code primary key,
    status text not null check (status in ('Open', 'Posted', 'Cancelled')),
    location code not null references location,
    material code references material,
    blind boolean not null default false,
    reason text not null,
    version int not null default 1,
    created_by text not null,
    created_at timestamptz not null,
    closed_by text,
    closed_at timestamptz
);
create index stock_count_status on stock_count (status, id desc);
create index stock_count_location on stock_count (location, id desc);
create index stock_count_material on stock_count (material) where material is not null;

-- counted null: not yet. booked is what the books said at the moment of counting, so that what moves later moves both.
create table stock_count_line (
    stock_count code not null references stock_count,
    lot code not null references lot,
    counted quantity check (counted >= 0),
    booked quantity,
    counted_by text,
    counted_at timestamptz,
    posted quantity,
    version int not null default 1,
    primary key (stock_count, lot),
    check ((counted is null) = (booked is null))
) with (fillfactor = 85);
create index stock_count_line_lot on stock_count_line (lot);
