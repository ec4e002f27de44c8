-- Codes and numbers compare by bytes: fast, and the same on every server.
create domain code as text collate "C" check (length(value) between 1 and 60);
create domain quantity as numeric(18,3);
create domain amount as numeric(18,2);

-- Notes the expected keys that no row met. Nothing is raised yet, so that one attempt names all that is wrong with a batch.
-- Separators: 1d between premises, 1e between a premise and its keys, 1f inside a composite key.
create function premise(what text, expected text[], met text[]) returns void language plpgsql as $f$
begin
    if cardinality(expected) <> coalesce(cardinality(met), 0) then
        perform set_config('manufactura.missed', concat(current_setting('manufactura.missed', true), e'\x1d', what, e'\x1e',
            (select string_agg(e, e'\x1e') from unnest(expected) e where e <> all (coalesce(met, '{}')))), true);
    end if;
end $f$;

-- Raises MF001 if any premise of this transaction was missed; DETAIL has them all.
create function premises() returns void language plpgsql as $f$
begin
    if current_setting('manufactura.missed', true) <> '' then
        raise exception 'premises missed' using errcode = 'MF001', detail = current_setting('manufactura.missed', true);
    end if;
end $f$;

---- master data

create table unit (
    code code primary key,
    name text not null,
    precision smallint not null default 0 check (precision between 0 and 3),
    version int not null default 1
);

create table location (
    code code primary key,
    name text not null,
    is_default boolean not null default false,
    active boolean not null default true,
    version int not null default 1
);
-- Checked when a statement ends, so that a new default may take the old one's place in one.
alter table location add constraint location_default exclude (is_default with =) where (is_default) deferrable;

create table supplier (
    code code primary key,
    name text not null,
    email text,
    version int not null default 1
);

create table customer (
    code code primary key,
    name text not null,
    version int not null default 1
);

create table attribute (
    code code primary key,
    name text not null,
    version int not null default 1
);

create table attribute_value (
    attribute code not null references attribute on delete cascade,
    code code not null,
    name text not null,
    position int not null,
    primary key (attribute, code)
);

create table material (
    code code primary key,
    name text not null,
    kind text not null check (kind in ('RawMaterial', 'Component', 'FinishedProduct')),
    unit code not null references unit,
    unit_cost amount check (unit_cost >= 0),
    unit_weight_kg quantity check (unit_weight_kg >= 0),
    min_stock quantity check (min_stock >= 0),
    min_shelf_life_days int check (min_shelf_life_days >= 0),
    lot_tracked boolean not null default true,
    allocation_policy text not null default 'SingleLotFirst' check (allocation_policy in ('SingleLotFirst', 'SplitFefo', 'SingleLot')),
    supplier code references supplier,
    critical_quantity quantity check (critical_quantity >= 0),
    x_attribute code references attribute,
    y_attribute code references attribute,
    overproduction_tolerance numeric(6,4) not null default 0 check (overproduction_tolerance between 0 and 1),
    version int not null default 1,
    check ((x_attribute is null) = (y_attribute is null))
);
create index material_supplier on material (supplier);
create index material_unit on material (unit);

create table bom (
    code code primary key,
    material code not null references material,
    active boolean not null default true,
    created_at timestamptz not null,
    created_by text not null,
    version int not null default 1
);
create index bom_material on bom (material, created_at desc);

create table bom_line (
    bom code not null references bom on delete cascade,
    position int not null,
    component code not null references material,
    quantity quantity not null check (quantity > 0),
    unit code not null references unit,
    primary key (bom, position),
    unique (bom, component)
);
create index bom_line_component on bom_line (component);

create table production_line (
    code code primary key,
    name text not null,
    capacity_kg quantity not null check (capacity_kg > 0),
    active boolean not null default true,
    version int not null default 1
);

create table line_compatibility (
    line code not null references production_line on delete cascade,
    material code not null references material,
    priority int not null default 5 check (priority > 0),
    primary key (line, material)
);
create index line_compatibility_material on line_compatibility (material, priority);

create table plant_setting (
    key text primary key,
    value text not null,
    version int not null default 1
);

---- sales

create table sales_order (
    id bigint generated always as identity unique,
    number code primary key,
    status text not null check (status in ('Pending', 'Confirmed', 'Done', 'Cancelled')),
    customer code not null references customer,
    due_date date,
    version int not null default 1,
    created_by text not null,
    created_at timestamptz not null
);
create index sales_order_status on sales_order (status, id desc);

create table sales_line (
    sales_order code not null references sales_order on delete cascade,
    position int not null,
    material code not null references material,
    quantity quantity not null check (quantity > 0),
    production_order code,
    primary key (sales_order, position)
);

---- production orders

create table production_order (
    id bigint generated always as identity unique,
    number code primary key,
    kind text not null default 'main' check (kind in ('main', 'partial', 'backorder', 'split')),
    parent code references production_order,
    status text not null check (status in ('Draft', 'Planned', 'InProgress', 'Done', 'Cancelled')),
    matrix_state text check (matrix_state in ('pending', 'planned', 'progress', 'done')),
    material code not null references material,
    bom code references bom,
    bom_lines jsonb not null default '[]',
    axes jsonb,
    quantity quantity not null check (quantity > 0),
    produced quantity not null default 0 check (produced >= 0),
    moved quantity not null default 0 check (moved >= 0),
    origin_location code references location,
    destination_location code references location,
    line code references production_line,
    line_position numeric(20,6),
    sales_order code references sales_order,
    due_date date,
    priority int not null default 5 check (priority between 1 and 1000000),
    observations text,
    partials int not null default 0,
    awaits_materials boolean not null default false,
    version int not null default 1,
    created_by text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz
) with (fillfactor = 85);
create index production_order_status on production_order (status, id desc);
create index production_order_material on production_order (material, id desc);
create index production_order_bom on production_order (bom, id desc);
create index production_order_parent on production_order (parent);
create index production_order_line on production_order (line, line_position) where line is not null;
create index production_order_sales on production_order (sales_order) where sales_order is not null;
create index production_order_created on production_order (created_at);
create index production_order_origin on production_order (origin_location, id desc);
create index production_order_awaits on production_order (id) where awaits_materials;
alter table sales_line add foreign key (production_order) references production_order;
create index sales_line_order on sales_line (production_order);

create table matrix_cell (
    production_order code not null references production_order on delete cascade,
    x code not null,
    y code not null,
    planned quantity not null check (planned >= 0),
    to_produce quantity not null default 0 check (to_produce >= 0),
    produced quantity not null default 0 check (produced >= 0),
    moved quantity not null default 0 check (moved >= 0),
    version int not null default 1,
    set_by text not null,
    set_at timestamptz not null,
    primary key (production_order, x, y)
) with (fillfactor = 70);

---- stock

create table lot (
    code code primary key,
    material code not null references material,
    status text not null check (status in ('Quarantine', 'Available', 'Rejected', 'Depleted', 'Expired')),
    quantity quantity not null check (quantity >= 0),
    on_hand quantity not null check (on_hand >= 0),
    reserved quantity not null default 0 check (reserved >= 0),
    expires_on date,
    supplier code references supplier,
    supplier_lot text,
    location code not null references location,
    attributes jsonb not null default '{}',
    bulk boolean not null default false,
    production_order code references production_order,
    requisition code,
    received_at timestamptz not null,
    version int not null default 1,
    constraint lot_not_overreserved check (reserved <= on_hand)
) with (fillfactor = 70);
-- Only the status in the predicate: a predicate on quantities would end HOT updates of reservations.
create index lot_fefo on lot (material, expires_on nulls last, received_at, code) where status = 'Available';
create index lot_material on lot (material, code);
create index lot_expiry on lot (expires_on) where expires_on is not null and status in ('Available', 'Depleted', 'Quarantine');
create index lot_location on lot (location);
create unique index lot_bulk on lot (material, location) where bulk;

create table lot_inspection (
    id bigint generated always as identity primary key,
    lot code not null references lot,
    decision text not null check (decision in ('release', 'reject', 'keep')),
    result text,
    note text,
    by text not null,
    at timestamptz not null
);
create index lot_inspection_lot on lot_inspection (lot, id);

create table allocation (
    id bigint generated always as identity primary key,
    production_order code not null references production_order,
    lot code not null references lot,
    material code not null,
    quantity quantity not null check (quantity > 0),
    state text not null check (state in ('Reserved', 'Consumed', 'Released')),
    by text not null,
    at timestamptz not null,
    settled_at timestamptz
) with (fillfactor = 85);
-- One open row per order and lot: a second reservation adds to it.
create unique index allocation_open on allocation (production_order, lot) where state = 'Reserved';
create index allocation_order on allocation (production_order, id);
create index allocation_lot on allocation (lot, state);

create table inventory_movement (
    id bigint generated always as identity primary key,
    type text not null check (type in ('PURCHASE_IN', 'PRODUCTION_OUT', 'PRODUCTION_IN', 'ADJUSTMENT_IN', 'ADJUSTMENT_OUT',
        'TRANSFER_IN', 'TRANSFER_OUT', 'SCRAP_OUT', 'SALE_OUT')),
    material code not null references material,
    lot code not null references lot,
    location code not null references location,
    quantity quantity not null check (quantity <> 0),
    reference text collate "C",
    reason text,
    withdrawn boolean not null default false,
    by text not null,
    at timestamptz not null,
    check ((quantity > 0) = (type like '%\_IN'))
);
create index inventory_movement_lot on inventory_movement (lot, id);
create index inventory_movement_material on inventory_movement (material, id desc);
create index inventory_movement_reference on inventory_movement (reference, id);
create index inventory_movement_location on inventory_movement (location, id desc);
create index inventory_movement_at on inventory_movement (at);

---- accounting

create table account (
    code code primary key,
    name text not null
);
insert into account (code, name) values
    ('1405', 'Inventario Materias Primas'),
    ('1430', 'Inventario Productos Terminados');

create table journal_entry (
    id bigint generated always as identity unique,
    number code primary key,
    date date not null,
    description text not null,
    reference text collate "C" not null,
    created_by text not null,
    created_at timestamptz not null
);
create index journal_entry_reference on journal_entry (reference);
create index journal_entry_date on journal_entry (date, id desc);

create table journal_line (
    entry code not null references journal_entry on delete cascade,
    position int not null,
    account code not null references account,
    debit amount not null default 0 check (debit >= 0),
    credit amount not null default 0 check (credit >= 0),
    primary key (entry, position)
);

---- requisitions, mail, alerts

create table requisition (
    id bigint generated always as identity unique,
    number code primary key,
    supplier code references supplier,
    status text not null check (status in ('AwaitingApproval', 'Open', 'Confirmed', 'Received', 'Cancelled')),
    mail text not null check (mail in ('queued', 'sent', 'failed', 'held')),
    sales_order code references sales_order,
    production_order code references production_order,
    version int not null default 1,
    created_by text not null,
    created_at timestamptz not null
);
create index requisition_status on requisition (status, id desc);
create index requisition_sales on requisition (sales_order);

create table requisition_line (
    requisition code not null references requisition on delete cascade,
    position int not null,
    material code not null references material,
    quantity quantity not null check (quantity > 0),
    target_date date,
    primary key (requisition, position)
);
create index requisition_line_material on requisition_line (material);
alter table lot add foreign key (requisition) references requisition;

create table outgoing_mail (
    id bigint generated always as identity primary key,
    message_id text not null unique,
    requisition code references requisition,
    recipient text not null,
    subject text not null,
    body text not null,
    state text not null check (state in ('queued', 'sent', 'failed')),
    attempts int not null default 0,
    next_attempt_at timestamptz not null,
    last_error text,
    sent_at timestamptz
);
create index outgoing_mail_due on outgoing_mail (next_attempt_at) where state = 'queued';

create table alert (
    id bigint generated always as identity primary key,
    condition text collate "C" not null,
    kind text not null,
    severity text not null check (severity in ('info', 'warning', 'critical')),
    subject text collate "C" not null,
    role text not null,
    state text not null check (state in ('active', 'acknowledged', 'cleared')),
    text_es text not null,
    text_en text not null,
    data jsonb not null default '{}',
    raised_at timestamptz not null,
    acknowledged_at timestamptz,
    acknowledged_by text,
    note text,
    escalated_at timestamptz,
    cleared_at timestamptz,
    version int not null default 1
);
-- The same condition never raises twice while it stands.
create unique index alert_standing on alert (condition) where state <> 'cleared';
create index alert_state on alert (state, id desc);

-- An alert as its events carry it.
create function alert_json(a alert) returns jsonb language sql stable as $f$
    select jsonb_build_object('id', a.id, 'kind', a.kind, 'severity', a.severity, 'subject', a.subject, 'role', a.role, 'state', a.state,
        'es', a.text_es, 'en', a.text_en, 'raisedAt', a.raised_at, 'acknowledgedBy', a.acknowledged_by,
        'acknowledgedAt', a.acknowledged_at, 'note', a.note, 'escalatedAt', a.escalated_at, 'clearedAt', a.cleared_at,
        'version', a.version)
$f$;

---- numbers

create sequence production_order_number;
create sequence sales_order_number;
create sequence requisition_number;
create sequence journal_entry_number;
create sequence lot_number;

---- events: audit, outbox and live feed in one

create sequence event_id;
create table event (
    id bigint not null default nextval('event_id'),
    at timestamptz not null default clock_timestamp(),
    type text not null,
    subject text collate "C" not null,
    also text,
    version int,
    actor text not null,
    data jsonb not null,
    primary key (id)
) partition by range (id);
create index event_subject on event (subject, id);
create index event_also on event (also, id) where also is not null;
create index event_type on event (type, id);

-- Through which id retention has dropped events: a reader behind it cannot resume.
create table event_retention (
    dropped_through bigint not null
);
insert into event_retention (dropped_through) values (0);

-- Makes room ahead of the highest id, so that an insert never lacks a partition.
create function event_partitions() returns void language plpgsql as $f$
declare
    size constant bigint := 5000000;
    first bigint := (select last_value / size from event_id);
begin
    for n in first..first + 3 loop
        if to_regclass('event_p' || n) is null then
            execute format('create table event_p%s partition of event for values from (%s) to (%s)', n,
                case when n = 0 then 'minvalue' else (n * size)::text end, (n + 1) * size);
        end if;
    end loop;
end $f$;
select event_partitions();

-- Drops the partitions that hold nothing from this id on; answers through which id events are gone.
create function drop_events_before(id bigint) returns bigint language plpgsql as $f$
declare
    size constant bigint := 5000000;
    through bigint := (select dropped_through from event_retention for update);
    n bigint;
begin
    for n in
        select substring(c.relname::text from 8)::bigint from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'event'::regclass order by 1
    loop
        exit when (n + 1) * size > least(id, (select last_value from event_id));
        execute format('drop table event_p%s', n);
        through := (n + 1) * size - 1;
    end loop;
    update event_retention set dropped_through = through;
    return through;
end $f$;

-- One writer at a time from here to its COMMIT, so that the order of ids is the order of commits and a reader's cursor is the id alone.
create function event_turn() returns trigger language plpgsql as $f$
begin
    perform pg_advisory_xact_lock(7701);
    return null;
end $f$;
create trigger event_turn before insert on event for each statement execute function event_turn();

create table feed_cursor (
    reader text primary key,
    last_event bigint not null
);

---- idempotent commands: the answer is stored in the transaction of what it answers

create table command (
    actor text collate "C" not null,
    call text collate "C" not null,
    key text collate "C" not null,
    body_hash bytea not null,
    answer text not null,
    at timestamptz not null default now(),
    primary key (actor, call, key)
);
create index command_at on command (at);

-- One row per writing process. A writer that lost its connection raises its epoch, which fences whatever of its last batch may
-- still be under way, and reads which batch was the last to commit.
create table commit_lane (
    lane uuid primary key,
    epoch int not null default 1,
    batch bigint not null default 0,
    at timestamptz not null default now()
) with (fillfactor = 50);

create function lane_turn(writer uuid, turn int, number bigint) returns void language plpgsql as $f$
begin
    update commit_lane set batch = number, at = now() where lane = writer and epoch = turn;
    if not found then
        raise exception 'lane was fenced' using errcode = 'MF002';
    end if;
end $f$;

---- grain runtime

create table grain_state (
    name text collate "C" not null,
    grain_id text collate "C" not null,
    json jsonb not null,
    etag bigint not null,
    primary key (name, grain_id)
);

create table grain_reminder (
    grain_id text collate "C" not null,
    name text collate "C" not null,
    start_at timestamptz not null,
    period interval not null,
    last_fired_at timestamptz,
    primary key (grain_id, name)
);
