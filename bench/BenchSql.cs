namespace Manufactura.Bench;

/// <summary>What the benches need in the database, and the hand-written yardsticks.</summary>
internal static class BenchSql
{
    public const string Axes = """
        insert into attribute_value (attribute, code, name, position) select 'TONO', 'X' || n, 'X' || n, 100 + n from generate_series(1, 24) n;
        insert into attribute_value (attribute, code, name, position) select 'TALLA', 'Y' || n, 'Y' || n, 100 + n from generate_series(1, 16) n
        """;

    /// <summary>Ample stock of a product's three components.</summary>
    public static string Stock(string product) =>
        $"""
            insert into lot (code, material, status, quantity, on_hand, location, received_at)
            select m.code || '-L' || n, m.code, 'Available', 10000000, 10000000, 'BOD', now() from material m, generate_series(1, 5) n where m.code like '{product}-%'
            """;

    /// <summary>One reservable material per number, each with one lot; and the classic yardstick's own audit.</summary>
    public const string Materials = """
        insert into material (code, name, kind, unit, unit_cost, allocation_policy) select 'R' || n, 'R' || n, 'RawMaterial', 'pz', 1, 'SplitFefo' from generate_series(0, 1000) n;
        insert into material (code, name, kind, unit, unit_cost) values ('P', 'P', 'FinishedProduct', 'pz', 1);
        insert into lot (code, material, status, quantity, on_hand, location, received_at)
        select 'R' || n, 'R' || n, 'Available', 100000000, 100000000, 'BOD', now() from generate_series(0, 1000) n;
        create table classic_audit (id bigint generated always as identity primary key, at timestamptz not null default now(), type text, subject text, actor text, data jsonb);
        """;

    /// <summary>$1 first number, $2 how many, $3 over how many materials (1: all on R0): planned orders that need 3 of one component.</summary>
    public const string Orders = """
        insert into production_order (number, status, material, bom_lines, quantity, origin_location, destination_location, created_by, created_at, updated_at)
        select 'B-' || n, 'Planned', 'P',
            jsonb_build_array(jsonb_build_object('component', 'R' || case when $3 = 1 then 0 else 1 + n % $3 end, 'quantity', 1, 'unit', 'pz')), 3, 'BOD', 'BOD', 'bench', now(), now()
        from generate_series($1, $1 + $2 - 1) n
        """;

    public const string ClassicFind =
        "select code from lot where material = $1 and status = 'Available' order by expires_on nulls last, received_at, code limit 1 for update";
    public const string ClassicTake =
        "update lot set reserved = reserved + 3, version = version + 1 where code = $1 and on_hand - reserved >= 3";
    public const string ClassicAllocate =
        "insert into allocation (production_order, lot, material, quantity, state, by, at) values ($1, $2, $3, 3, 'Reserved', 'bench', now())";
    public const string ClassicAudit =
        "insert into classic_audit (type, subject, actor, data) values ('lot-changed', $1, 'bench', jsonb_build_object('order', $2::text, 'quantity', 3))";

    /// <summary>The rows that the explosion of $1 made, as those of its twin $2.</summary>
    public static readonly string[] Gather =
    [
        """
            drop table if exists g_order, g_partial, g_cell, g_lot, g_movement, g_use, g_entry, g_line, g_event;
            create temp table g_order as select * from production_order where number = $1;
            update g_order set number = $2;
            create temp table g_partial as select kind, status, material, bom, bom_lines, quantity, produced, moved, origin_location, destination_location, priority, partials, version,
                created_by, created_at, updated_at, started_at, finished_at, replace(number, $1, $2) as number, $2::text as parent from production_order where parent = $1;
            create temp table g_cell as select * from matrix_cell where production_order = $1;
            update g_cell set production_order = $2;
            create temp table g_lot as select replace(code, $1, $2) as code, material, status, quantity, on_hand, reserved, location, attributes, replace(production_order, $1, $2) as production_order, received_at, version
                from lot where production_order in (select number from production_order where parent = $1);
            create temp table g_movement as select type, material, replace(lot, $1, $2) as lot, location, quantity, replace(reference, $1, $2) as reference, by, at
                from inventory_movement where reference in (select number from production_order where parent = $1);
            create temp table g_use as select lot, sum(quantity) as quantity from g_movement where type = 'PRODUCTION_OUT' group by lot;
            create temp table g_entry as select number || '-B' as number, date, description, $2::text as reference, created_by, created_at from journal_entry where reference = $1;
            create temp table g_line as select entry || '-B' as entry, position, account, debit, credit from journal_line where entry in (select number from journal_entry where reference = $1);
            create temp table g_event as select type, replace(subject, $1, $2) as subject, also, version, actor, replace(data::text, $1, $2)::jsonb as data
                from event where id >= (select min(id) from event where type = 'lots-produced' and subject = 'order:' || $1) - 2 * (select count(*) from g_partial) - 20 and (
                    subject = 'order:' || $1 and version = (select version from production_order where number = $1)
                    or subject like 'order:' || $1 || '-%' or subject like 'lot:' || $1 || '-%' or type = 'journal-entry-created' and also = 'order:' || $1);
            insert into g_event select 'lot-changed', 'lot:' || lot, null, 1, 'bench', '{"code": "x", "material": "x", "status": "Available", "available": 1, "onHand": 1, "reserved": 0, "version": 1}' from g_use
            """,
    ];

    /// <summary>One transaction, one statement per table.</summary>
    public static readonly string[] Write =
    [
        """
            update production_order o set status = g.status, matrix_state = g.matrix_state, axes = g.axes, produced = g.produced, moved = g.moved, bom_lines = g.bom_lines,
                partials = g.partials, updated_at = g.updated_at, finished_at = g.finished_at, version = o.version + 1
            from g_order g where o.number = g.number
            """,
        """
            update matrix_cell c set to_produce = g.to_produce, produced = g.produced, version = g.version, set_by = g.set_by, set_at = g.set_at
            from g_cell g where c.production_order = g.production_order and c.x = g.x and c.y = g.y
            """,
        """
            insert into production_order (kind, status, material, bom, bom_lines, quantity, produced, moved, origin_location, destination_location, priority, partials, version,
                created_by, created_at, updated_at, started_at, finished_at, number, parent)
            select * from g_partial
            """,
        """
            insert into lot (code, material, status, quantity, on_hand, reserved, location, attributes, production_order, received_at, version) select * from g_lot
            """,
        "update lot l set on_hand = on_hand + g.quantity, version = version + 1 from g_use g where l.code = g.lot",
        "insert into inventory_movement (type, material, lot, location, quantity, reference, by, at) select * from g_movement",
        "insert into journal_entry (number, date, description, reference, created_by, created_at) select * from g_entry",
        "insert into journal_line (entry, position, account, debit, credit) select * from g_line",
        "insert into event (type, subject, also, version, actor, data) select * from g_event",
        "select pg_notify('feed', '')",
    ];
}
