using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Tests.Shared;
using Npgsql;

namespace Manufactura.Storage.Tests.Commits;

public sealed class RowTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private readonly NpgsqlDataSource source = postgres.DataSource;
    private readonly CommitLog log = Plant.Log(postgres.DataSource);

    public Task InitializeAsync() => Plant.SeedAsync(source);

    public async Task DisposeAsync() => await log.DisposeAsync();

    [Fact]
    public async Task Master_data_is_written_replaced_and_deleted_with_its_children()
    {
        await CommittedAsync(
            new MasterWrite(MasterTable.Unit, "kg", 0, """{"name":"kilo","precision":3}"""),
            new MasterWrite(MasterTable.Supplier, "S1", 0, """{"name":"Uno","email":"a@b.c"}"""),
            new MasterWrite(MasterTable.Customer, "C1", 0, """{"name":"Uno"}"""),
            new MasterWrite(MasterTable.Location, "L1", 0, """{"name":"Uno","isDefault":true}"""),
            new MasterWrite(
                MasterTable.Attribute,
                "talla",
                0,
                """{"name":"Talla","values":[{"code":"S","name":"s"},{"code":"M","name":"m"}]}"""
            ),
            new MasterWrite(
                MasterTable.Material,
                "M1",
                0,
                """{"name":"Uno","kind":"RawMaterial","unit":"kg","unitCost":1.5,"supplier":"S1"}"""
            ),
            new MasterWrite(
                MasterTable.Material,
                "M2",
                0,
                """{"name":"Dos","kind":"FinishedProduct","unit":"pz","lotTracked":false}"""
            ),
            new MasterWrite(
                MasterTable.Bom,
                "B1",
                0,
                """{"material":"M2","createdBy":"ana","createdAt":"2026-11-20T08:00:00Z","lines":[{"component":"M1","quantity":2},{"component":"STEEL","quantity":0.5,"unit":"pz"}]}"""
            ),
            new MasterWrite(
                MasterTable.ProductionLine,
                "P1",
                0,
                """{"name":"Línea","capacityKg":300,"products":[{"material":"M2"}]}"""
            ),
            new MasterWrite(MasterTable.PlantSetting, "k", 0, """{"value":"v"}""")
        );
        Assert.Equal(
            "M1 2.000 kg,STEEL 0.500 pz",
            await TextAsync(
                "select string_agg(concat_ws(' ', component, quantity, unit), ',' order by position) from bom_line where bom = 'B1'"
            )
        );
        Assert.Equal("P1 M2 5", await TextAsync("select concat_ws(' ', line, material, priority) from line_compatibility"));

        await CommittedAsync(
            new MasterWrite(
                MasterTable.Bom,
                "B1",
                1,
                """{"material":"M2","active":false,"lines":[{"component":"STEEL","quantity":1},{"component":"M1","quantity":3}]}"""
            ),
            new MasterWrite(
                MasterTable.Attribute,
                "talla",
                1,
                """{"name":"Talla","values":[{"code":"M","name":"m"},{"code":"L","name":"l"}]}"""
            ),
            new MasterWrite(MasterTable.Material, "M1", 1, """{"name":"Nuevo","kind":"RawMaterial","unit":"kg"}""")
        );
        Assert.Equal(
            "STEEL,M1",
            await TextAsync("select string_agg(component, ',' order by position) from bom_line where bom = 'B1'")
        );
        Assert.Equal("M,L", await TextAsync("select string_agg(code, ',' order by position) from attribute_value"));
        Assert.Equal(
            "Nuevo 2",
            await TextAsync("select concat_ws(' ', name, unit_cost, supplier, version) from material where code = 'M1'")
        );
        Assert.Equal(
            "ana 2 false",
            await TextAsync("select concat_ws(' ', created_by, version, active::text) from bom where code = 'B1'")
        );

        Assert.Equal(
            "MasterWrite.Material",
            (
                await MissedAsync(
                    new MasterWrite(MasterTable.Material, "M1", 1, """{"name":"x","kind":"RawMaterial","unit":"kg"}""")
                )
            ).Premise
        );
        Assert.Equal(
            "MasterWrite.Material",
            (
                await MissedAsync(
                    new MasterWrite(MasterTable.Material, "M1", 0, """{"name":"x","kind":"RawMaterial","unit":"kg"}""")
                )
            ).Premise
        );
        Assert.Equal("bom_line_component_fkey", (await MissedAsync(new MasterDelete(MasterTable.Material, "M1", 2))).Premise);
        await CommittedAsync(new MasterDelete(MasterTable.Bom, "B1", 2), new MasterDelete(MasterTable.Material, "M1", 2));
        Assert.Equal(0L, await Plant.AskAsync<long>(source, "select count(*) from bom_line"));
    }

    [Fact]
    public async Task Allocations_open_grow_shrink_and_settle()
    {
        await CommittedAsync(
            Plant.Order("WO-A"),
            Plant.Lot("A", 10),
            new AllocationAdd("WO-A", "A", "STEEL", 4, "ana", Plant.Now)
        );
        await CommittedAsync(new AllocationAdd("WO-A", "A", "STEEL", 3, "ana", Plant.Now));
        Assert.Equal(
            "AllocationInsert",
            (await MissedAsync(new AllocationInsert("WO-A", "A", "STEEL", 1, "Reserved", "ana", Plant.Now))).Premise
        );
        await CommittedAsync(
            new AllocationReduce("WO-A", "A", 2),
            new AllocationInsert("WO-A", "A", "STEEL", 2, "Consumed", "ana", Plant.Now, Plant.Now)
        );
        await MissedAsync(new AllocationReduce("WO-A", "A", 5));
        await MissedAsync(new AllocationSettle("WO-A", "A", 4, "Released", Plant.Now));
        await CommittedAsync(new AllocationSettle("WO-A", "A", 5, "Released", Plant.Now));
        await MissedAsync(new AllocationSettle("WO-A", "A", 5, "Released", Plant.Now));
        Assert.Equal(
            "5.000 Released,2.000 Consumed",
            await TextAsync("select string_agg(quantity || ' ' || state, ',' order by id) from allocation")
        );
    }

    [Fact]
    public async Task Cells_are_inserted_updated_and_deleted_by_their_version()
    {
        await CommittedAsync(Plant.Order("WO-C"), Cell("azul"), Cell("rojo"));
        await CommittedAsync(
            new CellUpdate("WO-C", "azul", "M", 1, 9, 8, 7, 6, 2, "eva", Plant.Now),
            new CellDelete("WO-C", "rojo", "M", 1),
            Cell("gris")
        );
        await MissedAsync(new CellUpdate("WO-C", "azul", "M", 1, 0, 0, 0, 0, 2, "eva", Plant.Now));
        await MissedAsync(new CellDelete("WO-C", "azul", "M", 1));
        await MissedAsync(Cell("azul"));
        Assert.Equal(
            "azul 9.000 8.000 7.000 6.000 2 eva,gris 5.000 0.000 0.000 0.000 1 ana",
            await TextAsync(
                "select string_agg(concat_ws(' ', x, planned, to_produce, produced, moved, version, set_by), ',' order by x) from matrix_cell"
            )
        );

        static CellInsert Cell(string x) => new("WO-C", x, "M", 5, 0, 0, 0, "ana", Plant.Now);
    }

    [Fact]
    public async Task An_order_is_written_in_every_column()
    {
        await CommittedAsync(
            Plant.Order("WO-P"),
            new MasterWrite(MasterTable.ProductionLine, "P9", 0, """{"name":"x","capacityKg":1}""")
        );
        var all = new OrderUpdate(
            "WO-P",
            1,
            "InProgress",
            "progress",
            """{"x":1}""",
            20,
            3,
            2,
            "BOD",
            "BOD",
            "P9",
            1.5m,
            null,
            Plant.Today,
            7,
            "obs",
            """[{"c":1}]""",
            4,
            true,
            Plant.Now.AddDays(1),
            Plant.Now,
            Plant.Now.AddDays(2)
        );
        await CommittedAsync(all);
        Assert.Equal(
            "InProgress|progress|{\"x\": 1}|20.000|3.000|2.000|BOD|BOD|P9|1.500000||2026-11-20|7|obs|[{\"c\": 1}]|4|t|2|2026-11-21|2026-11-20|2026-11-22",
            await TextAsync(
                "select concat_ws('|', status, matrix_state, axes, quantity, produced, moved, origin_location, destination_location, line, "
                    + "line_position, coalesce(sales_order, ''), due_date, priority, observations, bom_lines, partials, awaits_materials, version, "
                    + "updated_at::date, started_at::date, finished_at::date) from production_order where number = 'WO-P'"
            )
        );
    }

    [Fact]
    public async Task Sales_requisitions_journal_mail_and_alerts_are_written()
    {
        await CommittedAsync(
            new MasterWrite(MasterTable.Customer, "C9", 0, """{"name":"x"}"""),
            new SalesOrderInsert("SO-1", "Pending", "C9", Plant.Today, "ana", Plant.Now),
            new SalesLineInsert("SO-1", 1, "CHAIR", 2),
            Plant.Order("WO-S") with
            {
                SalesOrder = "SO-1",
            },
            new RequisitionInsert("RQ-1", null, "Open", "held", "SO-1", "WO-S", "ana", Plant.Now),
            new RequisitionLineInsert("RQ-1", 1, "STEEL", 5, Plant.Today),
            new JournalEntryInsert("JE-1", Plant.Today, "x", "WO-S", "ana", Plant.Now),
            new JournalLineInsert("JE-1", 1, "1430", 10.25m, 0),
            new JournalLineInsert("JE-1", 2, "1405", 0, 10.25m),
            new MailInsert("<1@x>", "RQ-1", "a@b.c", "s", "b", Plant.Now),
            new AlertRaise(
                "low:STEEL",
                "material:STEEL",
                "low-stock",
                "warning",
                "material:STEEL",
                "Supervisor",
                "es",
                "en",
                "{}",
                Plant.Now
            ),
            Plant.Lot("S-1", 10) with
            {
                Requisition = "RQ-1",
                ProductionOrder = "WO-S",
            },
            new InspectionInsert("S-1", "release", "ok", null, "eva", Plant.Now),
            new MovementInsert("PURCHASE_IN", "STEEL", "S-1", "BOD", 10, "REF", null, "ana", Plant.Now),
            new MovementInsert("SCRAP_OUT", "STEEL", "S-1", "BOD", -1, "REF", "roto", "ana", Plant.Now)
        );
        await CommittedAsync(
            new SalesOrderUpdate("SO-1", 1, "Confirmed", "C9", null),
            new SalesLineUpdate("SO-1", 1, "WO-S"),
            new RequisitionUpdate("RQ-1", 1, "Confirmed", "sent"),
            new MailUpdate("<1@x>", 0, "sent", 1, Plant.Now, null, Plant.Now),
            new AlertRaise(
                "low:STEEL",
                "material:STEEL",
                "low-stock",
                "warning",
                "material:STEEL",
                "Supervisor",
                "es",
                "en",
                "{}",
                Plant.Now
            ),
            new MovementWithdraw("REF", 2)
        );
        Assert.Equal(1L, await Plant.AskAsync<long>(source, "select count(*) from alert"));
        Assert.Equal(2L, await Plant.AskAsync<long>(source, "select count(*) from inventory_movement where withdrawn"));
        await MissedAsync(new MovementWithdraw("REF", 2));
        await CommittedAsync(new MovementWithdraw("REF"));
        await MissedAsync(new MailUpdate("<1@x>", 0, "failed", 1, Plant.Now, null, null));
        await MissedAsync(new RequisitionUpdate("RQ-1", 1, "Cancelled", "held"));
        await MissedAsync(new SalesOrderUpdate("SO-1", 1, "Cancelled", "C9", null));
        var id = await Plant.AskAsync<long>(source, "select id from alert");
        await CommittedAsync(
            new AlertUpdate(id, 1, "acknowledged", Plant.Now, "eva", "visto", null, null, null, null, null, null, "eva")
        );
        await MissedAsync(new AlertUpdate(id, 1, "cleared", null, null, null, null, Plant.Now, null, null, null, null, "eva"));
        await CommittedAsync(new AlertClear("low:STEEL", Plant.Now));
        Assert.Equal("cleared 3", await TextAsync("select concat_ws(' ', state, version) from alert"));
    }

    private async Task CommittedAsync(params IRow[] rows) =>
        Assert.IsType<CommitResult.Committed>(await log.CommitAsync(Plant.Unit(rows)));

    private async Task<CommitResult.Missed> MissedAsync(params IRow[] rows) =>
        Assert.IsType<CommitResult.Missed>(await log.CommitAsync(Plant.Unit(rows)));

    private Task<string> TextAsync(string sql) => Plant.AskAsync<string>(source, sql);
}
