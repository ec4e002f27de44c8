using Manufactura.Storage.Queries;
using Manufactura.Tests.Shared;

namespace Manufactura.Storage.Tests.Queries;

/// <summary>A small sound plant; each case breaks one thing in a transaction of its own database and asks the checks.</summary>
public sealed class CheckTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private const string Sound = """
        insert into unit (code, name) values ('pz', 'Pieza');
        insert into location (code, name) values ('A', 'A');
        insert into attribute (code, name) values ('tono', 'Tono'), ('talla', 'Talla');
        insert into material (code, name, kind, unit, unit_cost) values ('P', 'Producto', 'FinishedProduct', 'pz', 10), ('C', 'Cosa', 'RawMaterial', 'pz', 2);
        insert into event (type, subject, version, actor, data) values
            ('unit-created', 'unit:pz', 1, 'x', '{}'), ('location-created', 'location:A', 1, 'x', '{}'),
            ('attribute-created', 'attribute:tono', 1, 'x', '{}'), ('attribute-created', 'attribute:talla', 1, 'x', '{}'),
            ('material-created', 'material:P', 1, 'x', '{}'), ('material-created', 'material:C', 1, 'x', '{}');
        insert into production_order (number, status, matrix_state, material, bom_lines, quantity, produced, origin_location,
            destination_location, created_by, created_at, updated_at, started_at)
        values ('WO-1', 'Done', 'done', 'P', '[{"component": "C", "quantity": 2, "unit": "pz"}]', 4, 4, 'A', 'A', 'x', now(), now(), now());
        insert into matrix_cell (production_order, x, y, planned, produced, set_by, set_at) values
            ('WO-1', 'claro', '28', 3, 3, 'x', now()), ('WO-1', 'claro', '30', 1, 1, 'x', now());
        insert into production_order (number, kind, parent, status, material, bom_lines, quantity, produced, origin_location,
            destination_location, created_by, created_at, updated_at)
        select 'WO-1-0' || n, 'partial', 'WO-1', 'Done', 'P', '[{"component": "C", "quantity": 2, "unit": "pz"}]', q, q, 'A', 'A', 'x',
            timestamptz '2026-11-20', now()
        from (values (1, 3), (2, 1)) v (n, q);
        insert into lot (code, material, status, quantity, on_hand, expires_on, location, received_at, production_order) values
            ('RAW', 'C', 'Available', 20, 12, '2027-01-01', 'A', now(), null), ('WO-1-01', 'P', 'Available', 3, 3, null, 'A', now(), 'WO-1-01'),
            ('WO-1-02', 'P', 'Available', 1, 1, null, 'A', now(), 'WO-1-02');
        insert into inventory_movement (type, material, lot, location, quantity, reference, by, at) values
            ('PURCHASE_IN', 'C', 'RAW', 'A', 20, 'RAW', 'x', now()),
            ('PRODUCTION_OUT', 'C', 'RAW', 'A', -6, 'WO-1-01', 'x', '2026-11-20'), ('PRODUCTION_IN', 'P', 'WO-1-01', 'A', 3, 'WO-1-01', 'x', now()),
            ('PRODUCTION_OUT', 'C', 'RAW', 'A', -2, 'WO-1-02', 'x', '2026-11-20'), ('PRODUCTION_IN', 'P', 'WO-1-02', 'A', 1, 'WO-1-02', 'x', now());
        insert into journal_entry (number, date, description, reference, created_by, created_at) values ('JE-1', '2026-11-20', 'x', 'WO-1', 'x', now());
        insert into journal_line (entry, position, account, debit, credit) values ('JE-1', 1, '1430', 16, 0), ('JE-1', 2, '1405', 0, 16);
        insert into production_order (number, status, material, quantity, origin_location, destination_location, created_by, created_at, updated_at)
        values ('WO-2', 'Planned', 'P', 6, 'A', 'A', 'x', now(), now());
        insert into production_order (number, kind, parent, status, material, quantity, origin_location, destination_location, created_by, created_at, updated_at)
        values ('WO-3', 'split', 'WO-2', 'Planned', 'P', 4, 'A', 'A', 'x', now(), now());
        insert into event (type, subject, version, actor, data)
        select 'order-created', 'order:' || number, version, 'x', jsonb_build_object('quantity', case number when 'WO-2' then 10 else quantity end)
        from production_order;
        insert into event (type, subject, version, actor, data) select 'lot-changed', 'lot:' || code, 1, 'x', '{}' from lot;
        insert into customer (code, name) values ('K', 'Cliente');
        insert into sales_order (number, status, customer, created_by, created_at) values ('SO-1', 'Pending', 'K', 'x', now());
        insert into requisition (number, status, mail, version, created_by, created_at) values ('RQ-1', 'Open', 'held', 2, 'x', now());
        insert into stock_count (number, status, location, reason, created_by, created_at) values ('IF-1', 'Open', 'A', 'x', 'x', now());
        insert into event (type, subject, version, actor, data) values
            ('customer-created', 'customer:K', 1, 'x', '{}'), ('sales-order-created', 'sales-order:SO-1', 1, 'x', '{}'),
            ('requisition-created', 'requisition:RQ-1', 1, 'x', '{}'), ('requisition-changed', 'requisition:RQ-1', 2, 'x', '{}'),
            ('count-created', 'count:IF-1', 1, 'x', '{}');
        """;

    public async Task InitializeAsync() =>
        await ExecuteAsync(
            "truncate unit, location, attribute, customer, material, production_order, lot, journal_entry, event, bom, plant_setting, alert cascade; "
                + "update account set version = 1; update event_retention set dropped_through = 0;"
                + Sound
        );

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Consumption_is_worked_out_in_decimals_not_in_binary_fractions()
    {
        // 0.07 × 100 is 7; in binary fractions it is a little more, and rounded up it would be 8.
        await ExecuteAsync(
            """
            insert into lot (code, material, status, quantity, on_hand, location, received_at) values ('WO-9', 'P', 'Available', 100, 100, 'A', now());
            insert into production_order (number, status, material, bom_lines, quantity, produced, created_by, created_at, updated_at)
            values ('WO-9', 'Done', 'P', '[{"component": "C", "quantity": 0.07, "unit": "pz"}]', 100, 100, 'x', now(), now());
            insert into inventory_movement (type, material, lot, location, quantity, reference, by, at)
            values ('PRODUCTION_OUT', 'C', 'RAW', 'A', -7, 'WO-9', 'x', '2026-11-20');
            """
        );
        Assert.Equal(0, (await RunAsync()).Single(r => r.Code == "consumption").Violations);
    }

    [Fact]
    public async Task Orders_that_were_imported_after_a_split_do_not_count_as_one()
    {
        await ExecuteAsync(
            "update event set data = jsonb_build_object('imported', true, 'quantity', case subject when 'order:WO-2' then 6 else 4 end) where subject in ('order:WO-2', 'order:WO-3')"
        );
        Assert.Equal(0, (await RunAsync()).Single(r => r.Code == "splits").Violations);
    }

    [Fact]
    public async Task A_production_without_an_entry_is_sound_while_its_alert_stands()
    {
        await ExecuteAsync(
            """
            delete from journal_entry;
            insert into alert (condition, kind, severity, subject, role, state, text_es, text_en, raised_at)
            values ('journal-failed:WO-1:WO-1-01', 'journal-failed', 'critical', 'WO-1', 'Supervisor', 'acknowledged', 'x', 'x', now());
            insert into event (type, subject, version, actor, data) select 'alert-raised', 'alert:' || id, 1, 'x', '{}' from alert;
            """
        );
        Assert.All(await RunAsync(), r => Assert.True(r.Violations == 0, $"{r.Code}: {string.Join(", ", r.Sample)}"));
        await ExecuteAsync("update alert set state = 'cleared'");
        Assert.Equal(["WO-1"], (await RunAsync()).Single(r => r.Code == "journal").Sample);
    }

    [Fact]
    public async Task Where_retention_dropped_old_events_only_gaps_in_what_is_left_are_named()
    {
        await ExecuteAsync(
            """
            delete from event where subject in ('order:WO-1', 'material:P') or subject = 'requisition:RQ-1' and version = 1;
            update event_retention set dropped_through = 1;
            """
        );
        Assert.Equal(0, (await RunAsync()).Single(r => r.Code == "audit").Violations);
        await ExecuteAsync("update requisition set version = 3");
        Assert.Equal(["requisition:RQ-1"], (await RunAsync()).Single(r => r.Code == "audit").Sample);
    }

    [Fact]
    public async Task All_that_a_check_finds_is_listed_page_by_page()
    {
        await ExecuteAsync("update production_order set origin_location = null where kind <> 'partial'");
        var checks = new CheckQueries(postgres.DataSource);
        var first = await checks.FindingsAsync("orders-without-locations", Now, "America/Bogota", new PageRequest(1));
        Assert.Equal(["WO-2"], first!.Items);
        var second = await checks.FindingsAsync(
            "orders-without-locations",
            Now,
            "America/Bogota",
            new PageRequest(1, Cursor.Decode(first.NextCursor!, 1))
        );
        Assert.Equal("WO-3", Assert.Single(second!.Items));
        Assert.Null(await checks.FindingsAsync("nonsense", Now, "America/Bogota", new PageRequest(1)));
    }

    [Fact]
    public async Task A_sound_plant_has_no_violations_and_no_hints()
    {
        var results = await RunAsync();
        Assert.Equal(7, results.Count(r => r.Kind == "invariant"));
        Assert.All(results, r => Assert.True(r.Violations == 0, $"{r.Code}: {string.Join(", ", r.Sample)}"));
    }

    [Theory]
    [InlineData("stock-ledger", "RAW", "update lot set on_hand = 11 where code = 'RAW'")]
    [InlineData("stock-ledger", "RAW", "update lot set reserved = 1 where code = 'RAW'")]
    [InlineData("matrix-sums", "WO-1", "update matrix_cell set planned = 5 where y = '28'")]
    [InlineData("matrix-sums", "WO-1", "update matrix_cell set produced = 2 where y = '28'")]
    [InlineData("partial-orders", "WO-1", "update production_order set quantity = 2 where number = 'WO-1-01'")]
    [InlineData("partial-orders", "WO-1-01", "update lot set production_order = null where code = 'WO-1-01'")]
    [InlineData("consumption", "WO-1", "update inventory_movement set quantity = -5 where quantity = -6")]
    [InlineData("consumption", "WO-1-01", "update lot set expires_on = '2026-11-01' where code = 'RAW'")]
    [InlineData("journal", "JE-1", "update journal_line set credit = 15.99 where position = 2")]
    [InlineData("journal", "WO-1", "delete from journal_entry")]
    [InlineData("audit", "order:WO-1", "update production_order set version = 2 where number = 'WO-1'")]
    [InlineData(
        "audit",
        "lot:RAW",
        "insert into event (type, subject, version, actor, data) values ('lot-changed', 'lot:RAW', 1, 'x', '{}')"
    )]
    [InlineData("audit", "material:P", "delete from event where subject = 'material:P'")]
    [InlineData("audit", "order:WO-2", "delete from event where subject = 'order:WO-2'")]
    [InlineData(
        "audit",
        "order:WO-2",
        "insert into event (type, subject, version, actor, data) values ('order-changed', 'order:WO-2', 1, 'x', '{}')"
    )]
    [InlineData("audit", "sales-order:SO-1", "update sales_order set version = 2")]
    [InlineData(
        "audit",
        "sales-order:SO-1",
        "insert into event (type, subject, version, actor, data) values ('sales-order-changed', 'sales-order:SO-1', 1, 'x', '{}')"
    )]
    [InlineData("audit", "requisition:RQ-1", "update requisition set version = 3")]
    [InlineData("audit", "requisition:RQ-1", "delete from event where subject = 'requisition:RQ-1' and version = 1")]
    [InlineData("audit", "count:IF-1", "update stock_count set version = 2")]
    [InlineData("audit", "account:1430", "update account set version = 2 where code = '1430'")]
    [InlineData(
        "audit",
        "setting:accounting.closedThrough",
        "insert into plant_setting (key, value) values ('accounting.closedThrough', '')"
    )]
    [InlineData("splits", "WO-2", "update production_order set quantity = 5 where number = 'WO-2'")]
    [InlineData(
        "in-progress-over-7-days",
        "WO-1",
        "update production_order set status = 'InProgress', started_at = '2026-11-01' where number = 'WO-1'"
    )]
    [InlineData(
        "boms-without-lines",
        "B",
        "insert into bom (code, material, created_at, created_by) values ('B', 'P', now(), 'x')"
    )]
    [InlineData("orders-without-locations", "WO-2", "update production_order set origin_location = null where number = 'WO-2'")]
    [InlineData("done-without-movements", "WO-2", "update production_order set status = 'Done' where number = 'WO-2'")]
    public async Task What_is_broken_is_named_by_its_check(string code, string key, string fault)
    {
        await ExecuteAsync(fault);
        var found = (await RunAsync()).Single(r => r.Code == code);
        Assert.Contains(key, found.Sample);
        Assert.Equal(found.Sample.Count, found.Violations);
    }

    private Task<IReadOnlyList<CheckResult>> RunAsync() => new CheckQueries(postgres.DataSource).RunAsync(Now, "America/Bogota");

    private async Task ExecuteAsync(string sql)
    {
        await using var command = postgres.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
