using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Tests.Orders;
using Npgsql;

namespace Manufactura.Bench;

/// <summary>
/// Reserving 3 of one component for one order, durable before it is answered: through the order and material grains, against one
/// transaction per command from as many clients (lock the lot that expires first, take, insert allocation and audit, commit).
/// </summary>
internal static class Reservations
{
    private const int Rounds = 3;

    /// <summary>The server takes 100 connections: of the classic way no more clients than this run at once.</summary>
    private const int MostConnections = 64;
    private static int firstOrder = 1;

    public static async Task RunAsync()
    {
        await using var plant = await Throwaway.StartAsync(WorkshopSql.Master, BenchSql.Materials);
        // A plant is up for days: the compiler must be done with the code before anything is measured, or it takes a quarter of the machine.
        foreach (var materials in new[] { 1, 1000, 1, 1000 })
            await GrainsAsync(plant, materials, 32, 100);
        Console.WriteLine(
            "| lots | callers | grains /s | p50 ms | p99 ms | classic /s | p99 ms | ratio |\n|--:|--:|--:|--:|--:|--:|--:|--:|"
        );
        foreach (var materials in new[] { 1, 1000 })
        foreach (var callers in new[] { 8, 32, 128 })
        {
            var each =
                callers == 8 ? 400
                : callers == 32 ? 200
                : 60;
            List<Run> grains = [];
            List<Run> classic = [];
            for (var round = -1; round < Rounds; round++)
            {
                var one = await GrainsAsync(plant, materials, callers, each);
                var other = await ClassicAsync(plant, materials, callers, Math.Max(20, each / 4));
                if (round < 0)
                    continue;
                grains.Add(one);
                classic.Add(other);
            }

            var (g, c) = (grains.Select(r => r.PerSecond).Median(), classic.Select(r => r.PerSecond).Median());
            Console.WriteLine(
                $"| {materials} | {callers} | {g:0} | {grains.Select(r => r.P50).Median():0.0} | {grains.Select(r => r.P99).Median():0.0} | {c:0} | {classic.Select(r => r.P99).Median():0.0} | {g / c:0.0} |"
            );
        }
    }

    private static async Task<Run> GrainsAsync(Throwaway plant, int materials, int callers, int each)
    {
        var numbers = await OrdersAsync(plant.Database, materials, callers * each);
        await using (var analyze = plant.Database.CreateCommand("analyze"))
            await analyze.ExecuteNonQueryAsync();
        var by = new CommandContext("bench");
        var orders = numbers.Select(n => plant.Host.Grains.GetGrain<IProductionOrderGrain>(n)).ToArray();
        // In memory beforehand, as orders that people work on are.
        foreach (var some in orders.Chunk(64))
            await Task.WhenAll(some.Select(o => o.ChainClosed("")));
        return await Yardstick.MeasureAsync(
            callers,
            each,
            _ => Task.FromResult<NpgsqlConnection?>(null),
            async (_, i) =>
            {
                var answer = await orders[i].Reserve(by);
                if (answer.Value is not { Shortages.IsEmpty: true })
                    throw new InvalidOperationException(answer.Problem?.En ?? "short");
            }
        );
    }

    private static async Task<Run> ClassicAsync(Throwaway plant, int materials, int callers, int each)
    {
        var first = firstOrder;
        callers = Math.Min(callers, MostConnections);
        var numbers = await OrdersAsync(plant.Database, materials, callers * each);
        return await Yardstick.MeasureAsync(
            callers,
            each,
            async _ => await plant.Database.OpenConnectionAsync(),
            async (connection, i) =>
            {
                var material = materials == 1 ? "R0" : $"R{1 + (first + i) % materials}";
                await using var transaction = await connection!.BeginTransactionAsync();
                var lot = (string)(await Yardstick.RunAsync(connection, BenchSql.ClassicFind, material))!;
                await Yardstick.RunAsync(connection, BenchSql.ClassicTake, lot);
                await Yardstick.RunAsync(connection, BenchSql.ClassicAllocate, numbers[i], lot, material);
                await Yardstick.RunAsync(connection, BenchSql.ClassicAudit, lot, numbers[i]);
                await transaction.CommitAsync();
            }
        );
    }

    private static async Task<string[]> OrdersAsync(NpgsqlDataSource database, int materials, int count)
    {
        await using var command = database.CreateCommand(BenchSql.Orders);
        command.Parameters.AddWithValue(firstOrder);
        command.Parameters.AddWithValue(count);
        command.Parameters.AddWithValue(materials);
        await command.ExecuteNonQueryAsync();
        string[] numbers = [.. Enumerable.Range(firstOrder, count).Select(n => $"B-{n}")];
        firstOrder += count;
        return numbers;
    }
}
