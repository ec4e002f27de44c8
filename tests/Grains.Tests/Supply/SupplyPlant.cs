using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Interfaces.Requisitions;
using Manufactura.Grains.Interfaces.Sales;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Silo;
using Manufactura.Silo.Mail;
using Manufactura.Storage;
using Manufactura.Storage.Queries;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Manufactura.Grains.Tests.Supply;

/// <summary>
/// A plant that sells and buys: CHAIR (no matrix) out of 2.5 m of WOOD and 4 SCREWs, SHIRT (with a matrix) out of 1.5 m of CLOTH. WOOD
/// comes from MADERAS, which has an address; CLOTH from TELAS, which has none; more than 1000 SCREWs at once are critical.
/// </summary>
public sealed class SupplyPlant : IAsyncLifetime
{
    public static readonly CommandContext Ana = new("ana");

    private readonly PostgresFixture postgres = new();
    private readonly List<IHost> hosts = [];

    /// <summary>The clock of every host; set it before the first one starts.</summary>
    public TimeProvider Time { get; set; } = new ShiftedClock();

    public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.FindSystemTimeZoneById("America/Bogota");

    public MailOptions? Mail { get; set; }

    /// <summary>What a test adds to every host.</summary>
    public Action<IServiceCollection>? Extras { get; set; }

    public NpgsqlDataSource Database => postgres.DataSource;

    public ShiftedClock Clock => (ShiftedClock)Time;

    public PlantClock PlantTime => new(Time, Zone);

    public DateOnly Today => PlantTime.Today;

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        await ExecuteAsync(Seed);
    }

    public async Task DisposeAsync()
    {
        while (hosts.Count > 0)
            await StopAsync(hosts[^1]);
        await postgres.DisposeAsync();
    }

    public async Task<IHost> StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddSingleton(Time);
        builder.Services.AddPlantStorage(postgres.ConnectionString);
        builder.AddPlantSilo(NodeOptions.Alone(postgres.ConnectionString), Zone, Mail);
        Extras?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        hosts.Add(host);
        return host;
    }

    public async Task StopAsync(IHost host)
    {
        hosts.Remove(host);
        await host.StopAsync();
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }

    public static T Grain<T>(IHost host, string key)
        where T : IGrainWithStringKey => host.Services.GetRequiredService<IGrainFactory>().GetGrain<T>(key);

    /// <summary>Registers a lot; released unless told otherwise.</summary>
    public static async Task<LotView> LotAsync(
        IHost host,
        string code,
        string material,
        decimal quantity,
        DateOnly? expiresOn = null,
        bool release = true,
        string? requisition = null,
        decimal? unitCost = null
    )
    {
        var lot = Grain<ILotGrain>(host, code);
        var made = (await lot.Register(new(material, quantity, expiresOn, null, null, "BOD", requisition, unitCost), Ana)).Ok();
        return release && made.Status == LotStatus.Quarantine
            ? (await lot.Inspect(InspectionDecision.Release, null, null, Ana)).Ok()
            : made;
    }

    /// <summary>A pending sale.</summary>
    public async Task<ISalesOrderGrain> SaleAsync(
        IHost host,
        DateOnly? dueDate,
        params (string Material, decimal Quantity)[] lines
    )
    {
        var number = NumberKind.SalesOrder.Text(await NextAsync(host, NumberKind.SalesOrder));
        var sale = Grain<ISalesOrderGrain>(host, number);
        (await sale.Create(new("ACME", dueDate, [.. lines.Select(l => new SalesLineData(l.Material, l.Quantity))]), Ana)).Ok();
        return sale;
    }

    /// <summary>A draft order without any reservation.</summary>
    public async Task<string> OrderAsync(
        IHost host,
        decimal quantity,
        DateOnly? dueDate = null,
        int? priority = null,
        string material = "CHAIR"
    )
    {
        var number = NumberKind.ProductionOrder.Text(await NextAsync(host, NumberKind.ProductionOrder));
        (
            await Grain<IProductionOrderGrain>(host, number)
                .Create(new(material, null, quantity, null, null, dueDate, priority, null, null), Ana)
        ).Ok();
        return number;
    }

    public static async Task<long> NextAsync(IHost host, NumberKind kind) =>
        (await host.Services.GetRequiredService<INumbers>().NextAsync(kind, 1))[0];

    /// <summary>The order as the database has it.</summary>
    public async Task<ProductionOrder> LoadAsync(string number) => (await new OrderReader(Database).LoadAsync(number))!;

    public async Task<Lot> LoadLotAsync(string code) => (await new LotReader(Database).LoadAsync([code]))[0];

    public async Task<RequisitionRow> RequisitionAsync(string number) =>
        (await new SalesQueries(Database).RequisitionAsync(number))!;

    public async Task<IReadOnlyList<AlertRow>> AlertsAsync(string kind) =>
        (await new AlertQueries(Database).ListAsync(AlertFilter.None with { Kind = [kind] }, new(500))).Items;

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Waits for what follows by itself; fails with the question when it does not come.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, string what, int seconds = 30)
    {
        for (var end = Environment.TickCount64 + seconds * 1000; ; await Task.Delay(20))
        {
            if (await holds())
                return;
            if (Environment.TickCount64 > end)
                Assert.Fail("Did not happen: " + what);
        }
    }

    /// <summary>Fails with the name of every broken invariant.</summary>
    public async Task HoldsAsync()
    {
        var checks = await new CheckQueries(Database).RunAsync(PlantTime.Now, "America/Bogota");
        ImmutableArray<string> broken =
        [
            .. checks
                .Where(c => c is { Kind: "invariant", Violations: > 0 })
                .Select(c => $"{c.Code}: {c.Violations} ({string.Join(", ", c.Sample)})"),
        ];
        Assert.True(broken.IsEmpty, string.Join(Environment.NewLine, broken));
    }

    private const string Seed = """
        insert into unit (code, name, precision) values ('pz', 'pieza', 0), ('m', 'metro', 3);
        insert into location (code, name, is_default) values ('BOD', 'Bodega', true), ('WIP', 'Taller', false);
        insert into supplier (code, name, email) values ('MADERAS', 'Maderas S.A.', 'ventas@maderas.example'), ('TELAS', 'Telas', null);
        insert into customer (code, name) values ('ACME', 'Acme');
        insert into attribute (code, name) values ('TONO', 'Tono'), ('TALLA', 'Talla');
        insert into attribute_value (attribute, code, name, position) values ('TONO', 'T1', 'Azul', 1), ('TALLA', 'S', 'S', 1);
        insert into material (code, name, kind, unit, unit_cost, min_stock, lot_tracked, allocation_policy, supplier, critical_quantity,
            x_attribute, y_attribute)
        values ('CHAIR', 'Silla', 'FinishedProduct', 'pz', 100, null, true, 'SingleLotFirst', null, null, null, null),
            ('SHIRT', 'Camisa', 'FinishedProduct', 'pz', 50, null, true, 'SingleLotFirst', null, null, 'TONO', 'TALLA'),
            ('WOOD', 'Madera de pino señalada', 'RawMaterial', 'm', 10, 20, true, 'SingleLotFirst', 'MADERAS', null, null, null),
            ('SCREW', 'Tornillo', 'Component', 'pz', 0.5, null, false, 'SingleLotFirst', 'MADERAS', 1000, null, null),
            ('CLOTH', 'Tela', 'RawMaterial', 'm', 20, null, true, 'SingleLot', 'TELAS', null, null, null);
        insert into bom (code, material, created_at, created_by) values ('B-CHAIR', 'CHAIR', now(), 'seed'), ('B-SHIRT', 'SHIRT', now(), 'seed');
        insert into bom_line (bom, position, component, quantity, unit)
        values ('B-CHAIR', 1, 'WOOD', 2.5, 'm'), ('B-CHAIR', 2, 'SCREW', 4, 'pz'), ('B-SHIRT', 1, 'CLOTH', 1.5, 'm');
        insert into event (type, subject, version, actor, data)
        select 'unit-created', 'unit:' || code, 1, 'seed', '{}'::jsonb from unit
        union all select 'location-created', 'location:' || code, 1, 'seed', '{}' from location
        union all select 'supplier-created', 'supplier:' || code, 1, 'seed', '{}' from supplier
        union all select 'customer-created', 'customer:' || code, 1, 'seed', '{}' from customer
        union all select 'attribute-created', 'attribute:' || code, 1, 'seed', '{}' from attribute
        union all select 'material-created', 'material:' || code, 1, 'seed', '{}' from material
        union all select 'bom-created', 'bom:' || code, 1, 'seed', '{}' from bom
        """;
}
