using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage;
using Manufactura.Storage.Queries;
using Manufactura.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Manufactura.Grains.Tests.Orders;

/// <summary>
/// A small workshop: JEAN in two tones and three sizes out of 1.25 m of cloth, 4 buttons and 0.333 m of thread each. Stock lies in BOD;
/// what a test needs beyond that it makes itself.
/// </summary>
public sealed class Workshop : IAsyncLifetime
{
    private readonly PostgresFixture postgres = new();

    public PlantHost Host { get; private set; } = null!;

    public NpgsqlDataSource Database => postgres.DataSource;

    public async Task InitializeAsync()
    {
        await postgres.InitializeAsync();
        await ExecuteAsync(WorkshopSql.Master);
        await ProductAsync("JEAN");
        Host = await PlantHost.StartAsync(postgres.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await postgres.DisposeAsync();
    }

    /// <summary>Another node on the same database.</summary>
    public Task<PlantHost> SecondHostAsync() => PlantHost.StartAsync(postgres.ConnectionString);

    /// <summary>
    /// A product with components of its own, <c>{code}-TELA</c>, <c>-BOTON</c> and <c>-HILO</c>, in ample stock unless told otherwise.
    /// </summary>
    public async Task ProductAsync(string code, decimal stock = 1_000_000)
    {
        await ExecuteAsync(WorkshopSql.Product(code));
        if (stock > 0)
            foreach (var component in new[] { "TELA", "BOTON", "HILO" })
                await LotAsync($"{code}-{component}", stock);
    }

    /// <summary>An Available lot of a material, with its movement and event.</summary>
    public async Task<string> LotAsync(string material, decimal quantity, int? expiresInDays = null)
    {
        var code = "L-" + Guid.NewGuid().ToString("N")[..12];
        await using var command = Database.CreateCommand(WorkshopSql.Lot);
        command.Parameters.AddWithValue(code);
        command.Parameters.AddWithValue(material);
        command.Parameters.AddWithValue(quantity);
        command.Parameters.AddWithValue(expiresInDays is { } days ? Today.AddDays(days) : DBNull.Value);
        await command.ExecuteNonQueryAsync();
        return code;
    }

    /// <summary>Reserves of a lot for an order, behind the back of every grain, as another node would.</summary>
    public async Task ReserveAsync(string order, string lot, decimal quantity)
    {
        await using var command = Database.CreateCommand(WorkshopSql.Reserve);
        command.Parameters.AddWithValue(order);
        command.Parameters.AddWithValue(lot);
        command.Parameters.AddWithValue(quantity);
        await command.ExecuteNonQueryAsync();
    }

    public static DateOnly Today =>
        DateOnly.FromDateTime(
            TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("America/Bogota")).DateTime
        );

    public IProductionOrderGrain Order(string number, PlantHost? on = null) =>
        (on ?? Host).Grains.GetGrain<IProductionOrderGrain>(number);

    public async Task<string> NextNumberAsync() =>
        NumberKind.ProductionOrder.Text(
            (await Host.Services.GetRequiredService<INumbers>().NextAsync(NumberKind.ProductionOrder, 1))[0]
        );

    /// <summary>A command without a key, or with one and the hash of a body.</summary>
    public static CommandContext By(string actor, string call = "", string? key = null, string body = "") =>
        new(actor, call, key, key is null ? default : [.. SHA256.HashData(Encoding.UTF8.GetBytes(body))]);

    public static CreateOrderCommand Request(decimal quantity, string material = "JEAN") =>
        new(
            material,
            null,
            quantity,
            "BOD",
            "BOD",
            null,
            null,
            null,
            new(["T1", "T2"], ["S", "M", "L"], [new("S", 1), new("M", 2), new("L", 1)])
        );

    /// <summary>A draft with a pending matrix.</summary>
    public async Task<string> CreatedAsync(decimal quantity, string material = "JEAN")
    {
        var number = await NextNumberAsync();
        (await Order(number).Create(Request(quantity, material), By("ana"))).Ok();
        return number;
    }

    /// <summary>An order in progress whose matrix can be edited and exploded.</summary>
    public async Task<string> StartedAsync(decimal quantity, string material = "JEAN")
    {
        var number = await CreatedAsync(quantity, material);
        (await Order(number).Recalculate(null, By("ana"))).Ok();
        (await Order(number).ConfirmPlanning(By("ana"))).Ok();
        (await Order(number).Start(By("ana"))).Ok();
        return number;
    }

    public static CellChanges ToProduce(params (string X, string Y, decimal Value)[] cells) =>
        new([.. cells.Select(c => new CellChange(c.X, c.Y, CellField.ToProduce, c.Value, null))]);

    /// <summary>Everything outstanding of every cell, or a share of it, rounded down.</summary>
    public async Task<CellChanges> OutstandingAsync(string number, decimal share = 1) =>
        new([
            .. (await LoadAsync(number))
                .Matrix!.Cells.Where(c => Math.Floor(c.Outstanding * share) > 0)
                .Select(c => new CellChange(c.X, c.Y, CellField.ToProduce, Math.Floor(c.Outstanding * share), null)),
        ]);

    /// <summary>The order as the database has it.</summary>
    public async Task<ProductionOrder> LoadAsync(string number) =>
        await new OrderReader(Database).LoadAsync(number) ?? throw new InvalidOperationException($"No order {number}.");

    public async Task<T> AskAsync<T>(string sql, params object[] parameters)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var p in parameters)
            command.Parameters.AddWithValue(p);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Fails with the name of every broken invariant.</summary>
    public async Task HoldsAsync()
    {
        var checks = await new CheckQueries(Database).RunAsync(DateTimeOffset.UtcNow, "America/Bogota");
        var broken = checks
            .Where(c => c is { Kind: "invariant", Violations: > 0 })
            .Select(c => $"{c.Code}: {c.Violations} ({string.Join(", ", c.Sample)})")
            .ToImmutableArray();
        Assert.True(broken.IsEmpty, string.Join(Environment.NewLine, broken));
        Assert.Equal(0, await AskAsync<long>(WorkshopSql.CellsWithoutTheirLots));
        Assert.Equal(0, await AskAsync<long>(WorkshopSql.UnevenVersions));
    }
}

internal static class Answers
{
    /// <summary>The value, or a failed test with the sentence.</summary>
    public static T Ok<T>(this Answer<T> answer)
        where T : class => answer.Value ?? throw new InvalidOperationException($"{answer.Problem!.Code}: {answer.Problem.En}");

    /// <summary>The refusal's code; the test fails where there was none.</summary>
    public static string Refused<T>(this Answer<T> answer)
        where T : class
    {
        Assert.NotNull(answer.Problem);
        return answer.Problem.Code;
    }
}
