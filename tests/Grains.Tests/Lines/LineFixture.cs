using System.Collections.Immutable;
using System.Text.Json;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Silo;
using Manufactura.Storage;
using Manufactura.Storage.Queries;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Manufactura.Grains.Tests.Lines;

/// <summary>
/// A plant on a database of its own: product P (1 kg) of 2 m of cloth T, jean J (0.5 kg) with tono and talla, product N without
/// weight, product H heavier than a line; lines L1 (300 kg), L2 (200 kg), L3 (900 kg, knows only H and N), L9 (inactive).
/// </summary>
public sealed class LineFixture : IAsyncLifetime
{
    private readonly PostgresFixture postgres = new();
    private IHost? host;

    public static readonly CommandContext Ana = new("ana");

    // Against hanging only: how fast things are told is measured elsewhere.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public IServiceProvider Services => host!.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public NpgsqlDataSource Data => postgres.DataSource;

    public IPlantGrain Plant => Grains.GetGrain<IPlantGrain>("plant");

    public IProductionOrderGrain Order(string number) => Grains.GetGrain<IProductionOrderGrain>(number);

    public IProductionLineGrain Line(string code) => Grains.GetGrain<IProductionLineGrain>(code);

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddPlantStorage(postgres.ConnectionString);
        builder.Services.AddPlantQueries();
        builder.AddPlantSilo(NodeOptions.Alone(postgres.ConnectionString), TimeZoneInfo.FindSystemTimeZoneById("America/Bogota"));
        host = builder.Build();
        await host.StartAsync();
        await SeedAsync();
    }

    public async Task DisposeAsync()
    {
        await host!.StopAsync();
        host.Dispose();
        await postgres.DisposeAsync();
    }

    /// <summary>The value, or the refusal as a failure of the test.</summary>
    public static T Ok<T>(Answer<T> answer)
        where T : class => answer.Value ?? throw new Xunit.Sdk.XunitException(answer.Problem!.En);

    /// <summary>A Planned order without matrix (or Draft, when <paramref name="plan"/> is false).</summary>
    public async Task<string> MakeAsync(decimal quantity, string material = "P", bool plan = true, MatrixChoice? matrix = null)
    {
        var number = NumberKind.ProductionOrder.Text(
            (await Services.GetRequiredService<INumbers>().NextAsync(NumberKind.ProductionOrder, 1))[0]
        );
        Ok(
            await Order(number)
                .Create(new(material, null, quantity, "BOD-MP", "BOD-PT", new(2026, 12, 1), 3, "Urgente", matrix), Ana)
        );
        if (plan && matrix is not null)
            Ok(await Order(number).Recalculate(null, Ana));
        if (plan)
            Ok(await Order(number).ConfirmPlanning(Ana));
        return number;
    }

    /// <summary>Tonos A, B by tallas 28, 30, 32 with the curve 4, 4, 2.</summary>
    public static MatrixChoice Jeans => new(["A", "B"], ["28", "30", "32"], [new("28", 4), new("30", 4), new("32", 2)]);

    public async Task<Domain.ProductionOrders.ProductionOrder> ReadAsync(string number) =>
        (await Services.GetRequiredService<OrderReader>().LoadAsync(number))!;

    public async Task<LineLoadView> LoadAsync(string line, int queue = 500) => (await Line(line).Load(queue))!;

    /// <summary>Waits until the newest event that may have changed the line's load has been dealt with; a load that was read before it may be told after it.</summary>
    public async Task ToldAsync(string line)
    {
        var cause = await ScalarAsync<long>(
            $"""
            select coalesce(max(id), 0) from event where type <> 'line-load-changed' and (subject = 'line:{line}' or also = 'line:{line}'
                or type = 'material-changed')
            """
        );
        using var limit = new CancellationTokenSource(Limit);
        while (
            await ScalarAsync<long>("select coalesce(max(last_event), 0) from feed_cursor where reader = 'line-loads'") < cause
        )
            await Task.Delay(20, limit.Token);
    }

    /// <summary>The line's load as it was last told; id 0 before the first time.</summary>
    public async Task<(long Id, JsonElement Data)> LastToldAsync(string line)
    {
        await using var command = Data.CreateCommand(
            $"select id, data::text from event where type = 'line-load-changed' and subject = 'line:{line}' order by id desc limit 1"
        );
        await using var r = await command.ExecuteReaderAsync();
        return await r.ReadAsync() ? (r.GetInt64(0), JsonDocument.Parse(r.GetString(1)).RootElement.Clone()) : (0, default);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Data.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Data.CreateCommand(sql);
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every invariant of the plant, from the database.</summary>
    public async Task SoundAsync()
    {
        var checks = await Services
            .GetRequiredService<CheckQueries>()
            .RunAsync(TimeProvider.System.GetUtcNow(), "America/Bogota");
        Assert.Empty(
            checks.Where(c => c.Kind == "invariant" && c.Violations > 0).Select(c => $"{c.Code}: {string.Join(", ", c.Sample)}")
        );
    }

    private async Task SeedAsync()
    {
        Ok(await Plant.SaveUnit(new("pcs", "Piezas"), SaveMode.Create, Ana));
        Ok(await Plant.SaveUnit(new("m", "Metros", 2), SaveMode.Create, Ana));
        Ok(await Plant.SaveLocation(new("BOD-MP", "Materia prima", true), SaveMode.Create, Ana));
        Ok(await Plant.SaveLocation(new("BOD-PT", "Terminado"), SaveMode.Create, Ana));
        Ok(await Plant.SaveAttribute(new("tono", "Tono", [new("A"), new("B")]), SaveMode.Create, Ana));
        Ok(await Plant.SaveAttribute(new("talla", "Talla", [new("28"), new("30"), new("32")]), SaveMode.Create, Ana));
        await MaterialAsync(new("T", "Tela", MaterialKind.RawMaterial, "m", 3m));
        await MaterialAsync(new("P", "Pantalón", MaterialKind.FinishedProduct, "pcs", 9m, 1m));
        await MaterialAsync(
            new("J", "Jean", MaterialKind.FinishedProduct, "pcs", 9m, 0.5m, XAttribute: "tono", YAttribute: "talla")
        );
        await MaterialAsync(new("N", "Sin peso", MaterialKind.FinishedProduct, "pcs"));
        await MaterialAsync(new("H", "Pesado", MaterialKind.FinishedProduct, "pcs", UnitWeightKg: 1000));
        foreach (var product in (string[])["P", "J"])
            Ok(await Plant.SaveBom(new("BOM-" + product, product, true, [new("T", 2, "m")]), SaveMode.Create, Ana));
        await LineAsync("L1", 300, ["P", "J"]);
        await LineAsync("L2", 200, ["P", "J"], priority: 2);
        await LineAsync("L3", 900, ["N", "H"]);
        await LineAsync("L9", 300, ["P"], active: false);
        for (var i = 1; i <= 4; i++)
            await LotAsync($"LT-{i}", 10_000);
    }

    private async Task MaterialAsync(MaterialData data) => Ok(await Plant.SaveMaterial(data, SaveMode.Create, Ana));

    public async Task LineAsync(string code, decimal capacityKg, string[] products, bool active = true, int priority = 1) =>
        Ok(
            await Plant.SaveLine(
                new(code, "Línea " + code, capacityKg, active, [.. products.Select(p => new LineProductData(p, priority))]),
                SaveMode.Either,
                Ana
            )
        );

    private Task LotAsync(string code, int quantity) =>
        ExecuteAsync(
            $$"""
            insert into lot (code, material, status, quantity, on_hand, location, received_at)
            values ('{{code}}', 'T', 'Available', {{quantity}}, {{quantity}}, 'BOD-MP', now());
            insert into inventory_movement (type, material, lot, location, quantity, by, at)
            values ('PURCHASE_IN', 'T', '{{code}}', 'BOD-MP', {{quantity}}, 'ana', now());
            insert into event (type, subject, version, actor, data) values ('lot-changed', 'lot:{{code}}', 1, 'ana',
                '{"code": "{{code}}", "material": "T", "status": "Available", "available": {{quantity}}}');
            """
        );
}
