using Manufactura.Storage.Queries;
using Manufactura.Tests.Shared;
using Npgsql;

namespace Manufactura.Storage.Tests.Queries;

/// <summary>100,000 orders, lots, movements and events, so that a list without an index would show.</summary>
public sealed class BigPlant : IAsyncLifetime
{
    private readonly PostgresFixture postgres = new();

    public NpgsqlDataSource Database => postgres.DataSource;

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        await using var command = Database.CreateCommand(
            """
            insert into unit (code, name) values ('pz', 'Pieza');
            insert into location (code, name) values ('BOD-MP', 'Materia prima'), ('BOD-PT', 'Producto');
            insert into customer (code, name) values ('C', 'Cliente');
            insert into supplier (code, name) values ('S', 'Proveedor');
            insert into material (code, name, kind, unit, unit_weight_kg)
            select 'M-' || lpad(i::text, 4, '0'), 'Material ' || i, case when i % 2 = 0 then 'FinishedProduct' else 'RawMaterial' end, 'pz', 1
            from generate_series(0, 999) i;
            insert into production_line (code, name, capacity_kg) select 'L' || i, 'Línea ' || i, 1000 from generate_series(1, 20) i;
            insert into line_compatibility (line, material) select l.code, m.code from production_line l cross join material m;
            insert into bom (code, material, created_at, created_by) select 'B-' || code, code, now(), 'x' from material;
            insert into sales_order (number, status, customer, created_by, created_at)
            select 'SO-' || i, 'Pending', 'C', 'x', now() from generate_series(1, 100000) i;
            insert into production_order (number, status, material, bom, bom_lines, quantity, origin_location, line, sales_order,
                created_by, created_at, updated_at)
            select 'WO-' || i, (array['Done', 'Done', 'Done', 'Done', 'Cancelled', 'Planned', 'Draft', 'InProgress'])[1 + i % 8],
                'M-' || lpad((i % 1000)::text, 4, '0'), 'B-M-' || lpad((i % 1000)::text, 4, '0'),
                jsonb_build_array(jsonb_build_object('component', 'M-0001', 'quantity', 1, 'unit', 'pz')), 10, 'BOD-MP',
                case when i % 8 > 4 then 'L' || (1 + i % 20) end, 'SO-' || (1 + i % 100000), 'x',
                timestamptz '2026-01-01' + i * interval '1 minute', now()
            from generate_series(1, 100000) i;
            insert into production_order (number, kind, parent, status, material, quantity, created_by, created_at, updated_at)
            select 'WO-' || i || '-01', 'partial', 'WO-' || i, 'Done', 'M-0002', 1, 'x', now(), now() from generate_series(1, 1000) i;
            update production_order set matrix_state = 'planned' where id % 4 = 0 and kind = 'main';
            insert into matrix_cell (production_order, x, y, planned, set_by, set_at)
            select number, 'x', y::text, 2.5, 'x', now() from production_order, generate_series(1, 4) y where matrix_state = 'planned';
            insert into lot (code, material, status, quantity, on_hand, expires_on, location, received_at)
            select 'LT-' || i, 'M-' || lpad((i % 1000)::text, 4, '0'),
                (array['Available', 'Depleted', 'Depleted', 'Depleted', 'Quarantine'])[1 + i % 5], 10, 10,
                date '2026-01-01' + i % 1000, case when i % 2 = 0 then 'BOD-MP' else 'BOD-PT' end, now()
            from generate_series(1, 100000) i;
            insert into inventory_movement (type, material, lot, location, quantity, reference, by, at)
            select case when i % 2 = 0 then 'PRODUCTION_OUT' else 'PRODUCTION_IN' end, 'M-' || lpad((i % 1000)::text, 4, '0'), 'LT-' || i,
                case when i % 2 = 0 then 'BOD-MP' else 'BOD-PT' end, case when i % 2 = 0 then -1 else 1 end, 'WO-' || i, 'x',
                timestamptz '2026-01-01' + i * interval '1 minute'
            from generate_series(1, 100000) i;
            insert into event (type, subject, version, actor, data)
            select case when i % 1000 = 0 then 'order-created' else 'order-changed' end, 'order:WO-' || i, 1, 'x', '{}'
            from generate_series(1, 100000) i;
            insert into journal_entry (number, date, description, reference, created_by, created_at)
            select 'JE-' || i, date '2026-01-01' + i % 300, 'x', 'WO-' || i, 'x', now() from generate_series(1, 100000) i;
            insert into requisition (number, supplier, status, mail, sales_order, created_by, created_at)
            select 'RQ-' || i, 'S', 'Open', 'sent', 'SO-' || i, 'x', now() from generate_series(1, 100000) i;
            insert into alert (condition, kind, severity, subject, role, state, text_es, text_en, raised_at)
            select 'c' || i, 'low-stock', 'info', 'x', 'Supervisor', case when i % 1000 = 0 then 'active' else 'cleared' end, 'x', 'x', now()
            from generate_series(1, 100000) i;
            insert into allocation (production_order, lot, material, quantity, state, by, at)
            select 'WO-' || i, 'LT-' || i, 'M-0001', 1, 'Consumed', 'x', now() from generate_series(1, 100000) i;
            insert into stock_count (number, status, location, material, reason, created_by, created_at)
            select 'IF-' || i, case when i % 1000 = 0 then 'Open' else 'Posted' end, case when i % 2 = 0 then 'BOD-MP' else 'BOD-PT' end,
                'M-' || lpad((i % 1000)::text, 4, '0'), 'x', 'x', now()
            from generate_series(1, 100000) i;
            insert into stock_count_line (stock_count, lot, counted, booked) select 'IF-' || (1 + i / 10), 'LT-' || i, 10, 9 from generate_series(1, 100000) i;
            insert into journal_line (entry, position, account, debit) select 'JE-' || i, 1, '1430', 1 from generate_series(1, 100000) i;
            analyze;
            """
        );
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }

    public Task DisposeAsync() => postgres.DisposeAsync();
}

public sealed class PlanTests(BigPlant plant) : IClassFixture<BigPlant>
{
    private static readonly string[] Big =
    [
        "production_order",
        "lot",
        "inventory_movement",
        // The only partition that has rows.
        "event_p0",
        "journal_entry",
        "allocation",
        "sales_order",
        "requisition",
        "alert",
        "matrix_cell",
        "stock_count",
        "stock_count_line",
        "journal_line",
    ];

    // What a filter is called in the statement, where it takes another value here.
    private static readonly Dictionary<string, string> Words = new()
    {
        ["lotStatus"] = "status",
        ["countStatus"] = "status",
        ["countNumber"] = "number",
    };

    private static readonly DateOnly Day = new(2026, 2, 1);
    private static readonly DateTimeOffset Instant = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);

    // Statement, then pairs of parameter and value.
    public static TheoryData<string, string> Lists() =>
        new()
        {
            { "list_orders", "" },
            { "list_orders", "after" },
            { "list_orders", "status" },
            { "list_orders", "material" },
            { "list_orders", "bom" },
            { "list_orders", "line" },
            { "list_orders", "parent" },
            { "list_orders", "salesOrder" },
            { "list_orders", "origin" },
            { "list_orders", "numbers" },
            { "list_orders", "from before" },
            { "list_orders", "search" },
            { "list_orders", "status material after" },
            { "list_lots", "" },
            { "list_lots", "after" },
            { "list_lots", "code" },
            { "list_lots", "material" },
            { "list_lots", "material lotStatus" },
            { "list_lots", "location" },
            { "list_lots", "expiresBefore" },
            { "list_movements", "" },
            { "list_movements", "after" },
            { "list_movements", "reference" },
            { "list_movements", "material" },
            { "list_movements", "lot" },
            { "list_movements", "location" },
            { "list_movements", "from before" },
            { "list_events", "" },
            { "list_events", "subject" },
            { "list_events", "type" },
            { "list_journal", "" },
            { "list_journal", "reference" },
            { "list_sales_orders", "" },
            { "list_sales_orders", "number" },
            { "list_requisitions", "" },
            { "list_requisitions", "salesOrder" },
            { "list_alerts", "" },
            { "list_alerts", "state" },
            { "stock", "" },
            { "stock", "material" },
            { "stock", "afterMaterial afterLocation" },
            { "stock_by_lot", "material" },
            { "stock_at", "material" },
            { "order_requirements", "" },
            { "line_queue", "line" },
            { "kanban_cards", "" },
            { "trace_back", "" },
            { "trace_forward", "" },
            { "trace_order_back", "" },
            { "trace_order_forward", "" },
            { "list_unbooked", "" },
            { "list_unbooked", "order" },
            { "list_counts", "" },
            { "list_counts", "after" },
            { "list_counts", "countNumber" },
            { "list_counts", "countStatus" },
            { "list_counts", "location" },
            { "count_lines", "" },
            { "count_lines", "lots" },
            { "order_costs", "" },
            { "list_movements", "order" },
            { "list_movements", "type" },
            { "list_journal", "after" },
            { "list_journal", "from to" },
            { "kanban_counts", "status" },
            { "kanban_cards", "material" },
            { "load_order", "" },
        };

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task Every_list_finds_its_rows_by_an_index(string name, string filters)
    {
        var plan = await ExplainAsync(name, filters.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (var table in Big)
            Assert.False(plan.Any(line => line.Contains($"Seq Scan on {table} ")), string.Join('\n', plan));
    }

    /// <summary>All statements of numbered parameters, but checks and reports, which read everything.</summary>
    public static TheoryData<string> Keyed()
    {
        const string folder = "Manufactura.Storage.Queries.Sql.";
        return
        [
            .. typeof(OrderReader)
                .Assembly.GetManifestResourceNames()
                .Where(r => r.StartsWith(folder, StringComparison.Ordinal))
                .Select(r => r[folder.Length..^".sql".Length])
                .Where(n => Query.Text(n).Contains("$1"))
                .Order(StringComparer.Ordinal),
        ];
    }

    [Theory]
    [MemberData(nameof(Keyed))]
    public async Task Every_statement_by_key_finds_its_rows_by_an_index_whatever_the_key(string name)
    {
        var text = Query.Text(name);
        var count = Enumerable.Range(1, 20).Last(n => text.Contains($"${n}"));
        await using var connection = await plant.Database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            $"set plan_cache_mode = force_generic_plan; prepare it as {text.TrimEnd().TrimEnd(';')}; "
                + $"explain execute it({string.Join(", ", Enumerable.Repeat("null", count))}); deallocate it; reset plan_cache_mode",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        do while (await reader.ReadAsync())
            plan.Add(reader.GetString(0));
        while (await reader.NextResultAsync());
        Assert.NotEmpty(plan);
        foreach (var table in Big)
            Assert.False(plan.Any(line => line.Contains($"Seq Scan on {table} ")), string.Join('\n', plan));
    }

    private async Task<List<string>> ExplainAsync(string name, string[] filters)
    {
        var statement = new Filtered(name);
        foreach (var filter in filters)
            statement.With(Words.GetValueOrDefault(filter, filter), ValueOf(name, filter));
        var given = filters.Select(f => Words.GetValueOrDefault(f, f)).ToHashSet(StringComparer.Ordinal);
        foreach (var always in new[] { "limit", "today", "order", "midnight", "before", "code", "after", "number" })
            if (!given.Contains(always) && statement.Text().Contains('@' + always))
                statement.With(always, ValueOf(name, always));
        await using var command = statement.On(plant.Database);
        command.CommandText =
            "explain " + (name == "load_order" ? command.CommandText.Replace("$1", "array['WO-77']") : command.CommandText);
        await using var reader = await command.ExecuteReaderAsync();
        var plan = new List<string>();
        while (await reader.ReadAsync())
            plan.Add(reader.GetString(0));
        return plan;
    }

    private static object ValueOf(string name, string parameter) =>
        (name, parameter) switch
        {
            (_, "limit") => 51,
            ("list_lots", "after") => "LT-5",
            (_, "after") => 50_000L,
            (_, "status") => new[] { "InProgress" },
            (_, "lotStatus") => new[] { "Available" },
            (_, "material") => new[] { "M-0001" },
            (_, "bom") => new[] { "B-M-0002" },
            ("line_queue", "line") => "L3",
            (_, "line") => new[] { "L3" },
            (_, "parent" or "reference") => new[] { "WO-77" },
            (_, "salesOrder") => new[] { "SO-77" },
            (_, "origin") => new[] { "BOD-PT" },
            (_, "numbers") => new[] { "WO-77", "WO-78" },
            ("list_sales_orders", "number") => new[] { "SO-77" },
            (_, "countStatus") => new[] { "Open" },
            (_, "countNumber") => new[] { "IF-77" },
            (_, "number") => "IF-77",
            (_, "lots") => new[] { "LT-770" },
            ("list_journal", "from") => Day,
            ("list_journal", "to") => Day.AddDays(3),
            (_, "search") => "%WO-777%",
            (_, "from") => Instant.AddHours(-3),
            (_, "before" or "midnight") => Instant,
            (_, "code") => "LT-77",
            (_, "lot") => new[] { "LT-77" },
            (_, "location") => new[] { "BOD-MP" },
            (_, "expiresBefore" or "today") => Day,
            (_, "subject") => new[] { "order:WO-77" },
            ("list_movements", "type") => new[] { "PRODUCTION_IN" },
            (_, "type") => new[] { "order-created" },
            (_, "state") => new[] { "active" },
            (_, "afterMaterial") => "M-0500",
            (_, "afterLocation") => "BOD-MP",
            (_, "order") => "WO-77",
            _ => throw new ArgumentException($"{name}: {parameter}"),
        };
}
