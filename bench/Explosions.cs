using System.Diagnostics;
using Manufactura.Domain.Matrices;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Manufactura.Bench;

/// <summary>
/// Exploding a whole matrix through the grain, against one set-based transaction that writes the same rows: it copies what the grain
/// wrote for a twin order, so both write exactly as much.
/// </summary>
internal static class Explosions
{
    private const int Rounds = 9;

    public static async Task RunAsync()
    {
        await using var plant = await Throwaway.StartAsync(
            WorkshopSql.Master,
            WorkshopSql.Product("JEAN"),
            BenchSql.Axes,
            BenchSql.Stock("JEAN")
        );
        Console.WriteLine("| cells | grain ms | set-based limit ms | ratio |\n|--:|--:|--:|--:|");
        foreach (var (x, y) in new[] { (6, 4), (12, 8), (24, 16) })
        {
            List<double> grain = [];
            List<double> limit = [];
            for (var round = -2; round < Rounds; round++)
            {
                var number = await StartedAsync(plant, x, y);
                var twin = await StartedAsync(plant, x, y);
                var started = Stopwatch.GetTimestamp();
                var answer = await Order(plant, number).ProduceLots(false, By);
                var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                if (answer.Value?.Lots.Length != x * y)
                    throw new InvalidOperationException(answer.Problem?.En);
                var least = await LimitAsync(plant.Database, number, twin);
                if (round < 0)
                    continue;
                grain.Add(took);
                limit.Add(least);
            }

            Console.WriteLine(
                $"| {x * y} | {grain.Median():0.0} | {limit.Median():0.0} | {grain.Median() / limit.Median():0.00} |"
            );
        }
    }

    private static readonly CommandContext By = new("bench");

    private static IProductionOrderGrain Order(Throwaway plant, string number) =>
        plant.Host.Grains.GetGrain<IProductionOrderGrain>(number);

    private static async Task<string> StartedAsync(Throwaway plant, int x, int y)
    {
        var numbers = plant.Host.Services.GetRequiredService<INumbers>();
        var number = NumberKind.ProductionOrder.Text((await numbers.NextAsync(NumberKind.ProductionOrder, 1))[0]);
        var xs = Enumerable.Range(1, x).Select(i => $"X{i}").ToArray();
        var ys = Enumerable.Range(1, y).Select(i => $"Y{i}").ToArray();
        var order = Order(plant, number);
        await order.Create(
            new(
                "JEAN",
                null,
                x * y,
                "BOD",
                "BOD",
                null,
                null,
                null,
                new([.. xs], [.. ys], [.. ys.Select(v => new CurvePoint(v, 1))])
            ),
            By
        );
        await order.Recalculate(null, By);
        await order.ConfirmPlanning(By);
        await order.Start(By);
        var edits = xs.SelectMany(a => ys.Select(b => new CellChange(a, b, CellField.ToProduce, 1, null)));
        var edited = await order.EditCells(new([.. edits]), By);
        return edited.Problem is null ? number : throw new InvalidOperationException(edited.Problem.En);
    }

    private static async Task<double> LimitAsync(NpgsqlDataSource database, string from, string to)
    {
        await using var connection = await database.OpenConnectionAsync();
        // What is copied is gathered first: only the writing is the yardstick.
        foreach (var sql in BenchSql.Gather)
        {
            await using var gather = new NpgsqlCommand(
                sql.Replace("$1", $"'{from}'", StringComparison.Ordinal).Replace("$2", $"'{to}'", StringComparison.Ordinal),
                connection
            );
            await gather.ExecuteNonQueryAsync();
        }

        var started = Stopwatch.GetTimestamp();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var sql in BenchSql.Write)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        await batch.ExecuteNonQueryAsync();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
