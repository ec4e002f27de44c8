using System.Collections.Immutable;
using System.Diagnostics;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Interfaces.Sales;
using Manufactura.Grains.Tests.Orders;
using Npgsql;

namespace Manufactura.Bench;

/// <summary>
/// What hangs on many materials, many orders or many lots: orders of ten materials, without and with refusals; a thousand orders that
/// lose their lot, or wait for one; a sale of 20 lines × 10 materials; and reserving among a hundred thousand lots of one material.
/// </summary>
internal static class Supplies
{
    private const int Callers = 32;
    private const int Each = 40;
    private const int Waiting = 1000;
    private static readonly CommandContext By = new("bench");
    private static int firstOrder = 1;

    public static async Task RunAsync()
    {
        await using var plant = await Throwaway.StartAsync(WorkshopSql.Master, BenchSql.Materials, SupplySql.Products);
        await TenMaterialsAsync(plant);
        await SaleAsync(plant);
        await WaitersAsync(plant);
        await ManyLotsAsync(plant);
    }

    private static async Task TenMaterialsAsync(Throwaway plant)
    {
        List<double> sound = [];
        List<double> refused = [];
        List<double> classic = [];
        for (var round = 0; round < 3; round++)
        {
            sound.Add(await ReserveAsync(plant, shortEvery: 0));
            refused.Add(await ReserveAsync(plant, shortEvery: 100));
            classic.Add(await ClassicAsync(plant));
        }

        Console.WriteLine(
            $"orders of 10 materials, {Callers} callers: {sound.Median():0} /s, classic {classic.Median():0} /s, ratio {sound.Median() / classic.Median():0.0}; "
                + $"with 1 % refused {refused.Median():0} /s, {refused.Median() / sound.Median():0.00} of it without"
        );
    }

    private static async Task<double> ReserveAsync(Throwaway plant, int shortEvery)
    {
        var numbers = await OrdersAsync(plant.Database, SupplySql.TenMaterials, Callers * Each, shortEvery);
        var orders = numbers.Select(n => plant.Host.Grains.GetGrain<IProductionOrderGrain>(n)).ToArray();
        foreach (var some in orders.Chunk(64))
            await Task.WhenAll(some.Select(o => o.ChainClosed("")));
        return await PerSecondAsync(async i =>
        {
            var answer = await orders[i].Reserve(By);
            if (answer.Value is not { } value || value.Shortages.IsEmpty == (shortEvery > 0 && i % shortEvery == 0))
                throw new InvalidOperationException(answer.Problem?.En ?? "Short, or not, against expectation.");
        });
    }

    private static async Task<double> ClassicAsync(Throwaway plant)
    {
        var numbers = await OrdersAsync(plant.Database, SupplySql.TenMaterials, Callers * Each, 0);
        return await PerSecondAsync(async i =>
        {
            await using var connection = await plant.Database.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            // In one order everywhere, or half of them would end in deadlocks.
            foreach (var k in Enumerable.Range(0, 10).Select(k => 1 + (i * 10 + k * 97) % 1000).Order())
            {
                var lot = (string)(await Yardstick.RunAsync(connection, BenchSql.ClassicFind, $"R{k}"))!;
                await Yardstick.RunAsync(connection, BenchSql.ClassicTake, lot);
                await Yardstick.RunAsync(connection, BenchSql.ClassicAllocate, numbers[i], lot, $"R{k}");
                await Yardstick.RunAsync(connection, BenchSql.ClassicAudit, lot, numbers[i]);
            }

            await transaction.CommitAsync();
        });
    }

    private static async Task SaleAsync(Throwaway plant)
    {
        var took = new List<double>();
        for (var n = 1; n <= 20; n++)
        {
            var sale = plant.Host.Grains.GetGrain<ISalesOrderGrain>($"SB-{n}");
            ImmutableArray<SalesLineData> lines = [.. Enumerable.Range(0, 20).Select(l => new SalesLineData($"P{l}", 3))];
            Check(await sale.Create(new("ACME", null, lines), By));
            var at = Stopwatch.GetTimestamp();
            Check(await sale.Confirm(By));
            took.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }

        Console.WriteLine(
            $"confirming a sale of 20 lines × 10 materials: p50 {took.Median():0} ms, worst {took.Max():0} ms, one after another"
        );
    }

    /// <summary>A lot with a thousand reservations expires and another one is there; then a lot for a thousand that wait is released.</summary>
    private static async Task WaitersAsync(Throwaway plant)
    {
        var grains = plant.Host.Grains;
        await RunAsync(plant.Database, SupplySql.ExpiringLot);
        var numbers = await OrdersAsync(plant.Database, SupplySql.OneMaterial, Waiting, 0);
        foreach (var some in numbers.Chunk(64))
            await Task.WhenAll(some.Select(async n => Check(await grains.GetGrain<IProductionOrderGrain>(n).Reserve(By))));
        await RunAsync(plant.Database, SupplySql.OtherLot);
        var at = Stopwatch.GetTimestamp();
        await grains.GetGrain<ILotGrain>("W-SOON").Expire(new DateOnly(2099, 1, 1));
        var expired = Stopwatch.GetElapsedTime(at);
        await UntilAsync(plant.Database, SupplySql.Replanned("W-LATE"));
        Console.WriteLine(
            $"{Waiting} orders lose their lot: expired after {expired.TotalMilliseconds:0} ms, all on another lot after {Stopwatch.GetElapsedTime(at).TotalMilliseconds:0} ms"
        );

        numbers = await OrdersAsync(plant.Database, SupplySql.OneMaterial, Waiting, 0);
        foreach (var some in numbers.Chunk(64))
            await Task.WhenAll(some.Select(async n => Check(await grains.GetGrain<IProductionOrderGrain>(n).Reserve(By))));
        await UntilAsync(plant.Database, SupplySql.AllTold);
        await RunAsync(plant.Database, SupplySql.NewLot);
        at = Stopwatch.GetTimestamp();
        Check(await grains.GetGrain<ILotGrain>("W-NEW").Inspect(Domain.Lots.InspectionDecision.Release, null, null, By));
        await UntilAsync(plant.Database, SupplySql.Replanned("W-NEW"));
        Console.WriteLine(
            $"{Waiting} orders wait: all have the released lot after {Stopwatch.GetElapsedTime(at).TotalMilliseconds:0} ms"
        );
    }

    private static async Task ManyLotsAsync(Throwaway plant)
    {
        var small = await ManyAsync(plant, "MANY-S", 1_000);
        await RunAsync(plant.Database, SupplySql.OtherLots);
        var large = await ManyAsync(plant, "MANY-L", 100_000);
        var again = await ReserveOneAsync(plant, "MANY-S");
        Console.WriteLine(
            $"reserving among 1,000 lots of a material: {small:0} /s ({again:0} /s once there are 1,000,000 lots), among 100,000: {large:0} /s, ratio {small / large:0.00}"
        );
    }

    private static async Task<double> ManyAsync(Throwaway plant, string material, int lots)
    {
        await RunAsync(plant.Database, SupplySql.Lots(material, lots));
        return await ReserveOneAsync(plant, material);
    }

    private static async Task<double> ReserveOneAsync(Throwaway plant, string material)
    {
        List<double> rates = [];
        for (var round = -1; round < 3; round++)
        {
            var numbers = await OrdersAsync(
                plant.Database,
                SupplySql.OneMaterial.Replace("'W'", $"'{material}'", StringComparison.Ordinal),
                Callers * Each,
                0
            );
            var orders = numbers.Select(n => plant.Host.Grains.GetGrain<IProductionOrderGrain>(n)).ToArray();
            foreach (var some in orders.Chunk(64))
                await Task.WhenAll(some.Select(o => o.ChainClosed("")));
            var rate = await PerSecondAsync(async i => Check(await orders[i].Reserve(By)));
            if (round >= 0)
                rates.Add(rate);
        }

        return rates.Median();
    }

    private static async Task<double> PerSecondAsync(Func<int, Task> one)
    {
        var at = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(caller =>
                    Task.Run(async () =>
                    {
                        for (var n = 0; n < Each; n++)
                            await one(caller * Each + n);
                    })
                )
        );
        return Callers * Each / Stopwatch.GetElapsedTime(at).TotalSeconds;
    }

    private static void Check<T>(Answer<T> answer)
        where T : class
    {
        if (answer.Problem is { } problem)
            throw new InvalidOperationException(problem.En);
    }

    private static async Task<string[]> OrdersAsync(NpgsqlDataSource database, string sql, int count, int shortEvery)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddWithValue(firstOrder);
        command.Parameters.AddWithValue(count);
        command.Parameters.AddWithValue(shortEvery);
        await command.ExecuteNonQueryAsync();
        string[] numbers = [.. Enumerable.Range(firstOrder, count).Select(n => $"B-{n}")];
        firstOrder += count;
        return numbers;
    }

    private static async Task RunAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task UntilAsync(NpgsqlDataSource database, string sql)
    {
        for (var end = Environment.TickCount64 + 60_000; ; await Task.Delay(5))
        {
            await using var command = database.CreateCommand(sql);
            if (await command.ExecuteScalarAsync() is true)
                return;
            if (Environment.TickCount64 > end)
                throw new InvalidOperationException("Did not come: " + sql);
        }
    }
}
