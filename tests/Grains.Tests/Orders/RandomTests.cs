using System.Globalization;
using Manufactura.Domain.Matrices;
using Manufactura.Grains.Interfaces.ProductionOrders;

namespace Manufactura.Grains.Tests.Orders;

/// <summary>Random commands by several people on two nodes; afterwards the books must be right.</summary>
public sealed class RandomTests(Workshop shop) : IClassFixture<Workshop>
{
    private const int People = 6;
    private const int CommandsEach = 60;

    [Fact]
    public async Task After_random_commands_by_many_people_every_invariant_holds()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("ORDERS_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Random.Shared.Next();
        try
        {
            await using var second = await shop.SecondHostAsync();
            // Scarce enough that some explosions are refused.
            await shop.ProductAsync("RND", stock: 600);
            List<string> numbers = [];
            for (var i = 0; i < 4; i++)
                numbers.Add(await shop.CreatedAsync(100 + i, "RND"));
            await Task.WhenAll(
                Enumerable.Range(0, People).Select(p => WorkAsync(new Random(seed + p), $"p{p}", numbers, second))
            );
            await shop.HoldsAsync();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Replay with ORDERS_SEED={seed}: {e.Message}", e);
        }
    }

    private async Task WorkAsync(Random random, string person, List<string> numbers, PlantHost second)
    {
        var by = Workshop.By(person);
        for (var i = 0; i < CommandsEach; i++)
        {
            string number;
            lock (numbers)
                number = numbers[random.Next(numbers.Count)];
            var order = shop.Order(number, random.Next(4) == 0 ? second : null);
            switch (random.Next(12))
            {
                case 0:
                    await order.Recalculate(null, by);
                    break;
                case 1:
                    await order.ConfirmPlanning(by);
                    break;
                case 2:
                    await order.Start(by);
                    break;
                case 3:
                    if ((await order.ProduceLots(random.Next(3) > 0, by)).Value?.Backorder is { } backorder)
                        lock (numbers)
                            numbers.Add(backorder);
                    break;
                case 4:
                    var again = Workshop.By(person, "produce", $"{random.Next(20)}");
                    if ((await order.ProduceLots(true, again)).Value?.Backorder is { } residual)
                        lock (numbers)
                            numbers.Add(residual);
                    break;
                default:
                    await order.EditCells(Edits(random), by);
                    break;
            }
        }
    }

    private static CellChanges Edits(Random random)
    {
        var cells = Enumerable.Range(0, 6).OrderBy(_ => random.Next()).Take(random.Next(1, 4));
        return new([
            .. cells.Select(c => new CellChange(
                c < 3 ? "T1" : "T2",
                new[] { "S", "M", "L" }[c % 3],
                random.Next(8) == 0 ? CellField.Planned : CellField.ToProduce,
                random.Next(-1, 12),
                random.Next(3) == 0 ? random.Next(1, 6) : null
            )),
        ]);
    }
}
