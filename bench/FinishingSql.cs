namespace Manufactura.Bench;

/// <summary>What the bench of finishing needs, and its classic yardstick.</summary>
internal static class FinishingSql
{
    public const int Components = 5;

    /// <summary>Five components with a large lot each, and the product; the classic way's own audit.</summary>
    public const string Materials = """
        insert into material (code, name, kind, unit, unit_cost, allocation_policy)
        select 'C' || n, 'C' || n, 'Component', 'pz', 1 + n, 'SplitFefo' from generate_series(0, 4) n;
        insert into material (code, name, kind, unit, unit_cost) values ('P', 'P', 'FinishedProduct', 'pz', 1);
        insert into lot (code, material, status, quantity, on_hand, location, received_at)
        select 'C' || n || '-L', 'C' || n, 'Available', 100000000, 100000000, 'BOD', now() from generate_series(0, 4) n;
        create table classic_audit (id bigint generated always as identity primary key, at timestamptz not null default now(), type text, subject text, actor text, data jsonb);
        create sequence classic_entry_number;
        """;

    /// <summary>$1 first number, $2 how many: orders in progress for 2 of the product, which takes 3 of each component.</summary>
    public const string Orders = """
        insert into production_order (number, status, material, bom_lines, quantity, origin_location, destination_location, created_by, created_at, updated_at, started_at)
        select 'F-' || n, 'InProgress', 'P', (select jsonb_agg(jsonb_build_object('component', 'C' || c, 'quantity', 3, 'unit', 'pz')) from generate_series(0, 4) c),
            2, 'BOD', 'BOD', 'bench', now(), now(), now()
        from generate_series($1, $1 + $2 - 1) n
        """;

    public const string LockOrder = "select status from production_order where number = $1 for update";
    public const string Take =
        "update lot set on_hand = on_hand - 6, version = version + 1 where code = $1 and on_hand - reserved >= 6";

    public const string Move = """
        with moved as (
            insert into inventory_movement (type, material, lot, location, quantity, reference, by, at)
            select 'PRODUCTION_OUT', material, code, location, -6, $2, 'bench', now() from lot where code = $1
        ),
        used as (
            insert into allocation (production_order, lot, material, quantity, state, by, at, settled_at)
            select $2, code, material, 6, 'Consumed', 'bench', now(), now() from lot where code = $1
        )
        insert into classic_audit (type, subject, actor, data)
        select 'lot-changed', code, 'bench', jsonb_build_object('code', code, 'onHand', on_hand, 'reserved', reserved, 'version', version) from lot where code = $1
        """;

    public const string Produce = """
        with done as (
            update production_order set status = 'Done', produced = quantity, version = version + 1, updated_at = now(), finished_at = now() where number = $1
        ),
        made as (
            insert into lot (code, material, status, quantity, on_hand, location, production_order, received_at) values ($1, 'P', 'Available', 2, 2, 'BOD', $1, now())
        )
        insert into inventory_movement (type, material, lot, location, quantity, reference, by, at) values ('PRODUCTION_IN', 'P', $1, 'BOD', 2, $1, 'bench', now())
        """;

    public const string Book = """
        with entry as (
            insert into journal_entry (number, date, description, reference, created_by, created_at)
            values ('CJ-' || nextval('classic_entry_number'), current_date, 'Producción de productos - ' || $1, $1, 'bench', now()) returning number
        )
        insert into journal_line (entry, position, account, debit, credit)
        select number, 1, '1430', 90, 0 from entry union all select number, 2, '1405', 0, 90 from entry
        """;

    public const string Audit = """
        insert into classic_audit (type, subject, actor, data)
        select 'order-changed', number, 'bench', to_jsonb(o) from production_order o where number = $1
        union all select 'lot-changed', $1, 'bench', jsonb_build_object('code', $1::text, 'onHand', 2)
        union all select 'journal-entry-created', $1, 'bench', jsonb_build_object('order', $1::text, 'amount', 90)
        """;
}
