using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Tests.Orders;
using Npgsql;

namespace Manufactura.Bench;

/// <summary>
/// Finishing orders of one product out of five components that all share, durable before it is answered: through the order and material
/// grains, against one transaction per order from as many clients that writes the same rows (lock and take each lot, order, produced lot,
/// six movements, entry with two lines, an event per thing that changed).
/// </summary>
internal static class Finishing
{
    private const int Rounds = 3;
    private static int firstOrder = 1;

    public static async Task RunAsync()
    {
        await using var plant = await Throwaway.StartAsync(WorkshopSql.Master, FinishingSql.Materials);
        Console.WriteLine(
            "| callers | grains /s | p50 ms | p99 ms | classic /s | p99 ms | ratio |\n|--:|--:|--:|--:|--:|--:|--:|"
        );
        foreach (var callers in new[] { 8, 32 })
        {
            var each = callers == 8 ? 120 : 60;
            List<Run> grains = [];
            List<Run> classic = [];
            for (var round = -1; round < Rounds; round++)
            {
                var one = await GrainsAsync(plant, callers, each);
                var other = await ClassicAsync(plant, callers, each / 2);
                if (round < 0)
                    continue;
                grains.Add(one);
                classic.Add(other);
            }

            var (g, c) = (grains.Select(r => r.PerSecond).Median(), classic.Select(r => r.PerSecond).Median());
            Console.WriteLine(
                $"| {callers} | {g:0} | {grains.Select(r => r.P50).Median():0.0} | {grains.Select(r => r.P99).Median():0.0} | {c:0} | {classic.Select(r => r.P99).Median():0.0} | {g / c:0.0} |"
            );
        }
    }

    private static async Task<Run> GrainsAsync(Throwaway plant, int callers, int each)
    {
        var numbers = await OrdersAsync(plant.Database, callers * each);
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
                var answer = await orders[i].Finish(by);
                if (answer.Value is not { Movements: 6, JournalEntry: not null })
                    throw new InvalidOperationException(answer.Problem?.En ?? "not booked");
            }
        );
    }

    private static async Task<Run> ClassicAsync(Throwaway plant, int callers, int each)
    {
        var numbers = await OrdersAsync(plant.Database, callers * each);
        return await Yardstick.MeasureAsync(
            callers,
            each,
            async _ => await plant.Database.OpenConnectionAsync(),
            async (connection, i) =>
            {
                await using var transaction = await connection!.BeginTransactionAsync();
                await Yardstick.RunAsync(connection, FinishingSql.LockOrder, numbers[i]);
                // In one order everywhere, or clients would wait for each other in a circle.
                for (var component = 0; component < FinishingSql.Components; component++)
                {
                    var lot = (string)(await Yardstick.RunAsync(connection, BenchSql.ClassicFind, $"C{component}"))!;
                    await Yardstick.RunAsync(connection, FinishingSql.Take, lot);
                    await Yardstick.RunAsync(connection, FinishingSql.Move, lot, numbers[i]);
                }

                await Yardstick.RunAsync(connection, FinishingSql.Produce, numbers[i]);
                await Yardstick.RunAsync(connection, FinishingSql.Book, numbers[i]);
                await Yardstick.RunAsync(connection, FinishingSql.Audit, numbers[i]);
                await transaction.CommitAsync();
            }
        );
    }

    private static async Task<string[]> OrdersAsync(NpgsqlDataSource database, int count)
    {
        await using var command = database.CreateCommand(FinishingSql.Orders);
        command.Parameters.AddWithValue(firstOrder);
        command.Parameters.AddWithValue(count);
        await command.ExecuteNonQueryAsync();
        string[] numbers = [.. Enumerable.Range(firstOrder, count).Select(n => $"F-{n}")];
        firstOrder += count;
        return numbers;
    }
}
