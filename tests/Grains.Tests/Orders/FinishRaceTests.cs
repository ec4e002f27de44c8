using Manufactura.Domain.Lots;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;

namespace Manufactura.Grains.Tests.Orders;

/// <summary>Many people finish orders at once that need the same five components, of which there is not enough for all.</summary>
public sealed class FinishRaceTests(Workshop shop) : IClassFixture<Workshop>
{
    private const int Callers = 32;

    [Fact]
    public async Task Of_32_callers_on_two_nodes_as_many_finish_as_the_stock_covers_and_the_others_hear_all_that_is_short()
    {
        await using var second = await shop.SecondHostAsync();
        await shop.PlainAsync(
            "SILLA",
            new PlainProducts.Part("S-ASIENTO", 1, 40),
            new PlainProducts.Part("S-RESPALDO", 1, 35),
            new PlainProducts.Part("S-BASE", 1, 45),
            new PlainProducts.Part("S-RUEDA", 5, 4),
            new PlainProducts.Part("S-TORNILLO", 20, 0.5m)
        );
        // Seats end first, in the middle of the race; castors with the very last of them; the rest would do for all.
        const int covered = 41;
        await StockAsync("S-ASIENTO", covered * 2);
        await StockAsync("S-RUEDA", covered * 10 + 9);
        await StockAsync("S-RESPALDO", 1000);
        await StockAsync("S-BASE", 1000);
        await StockAsync("S-TORNILLO", 100_000);
        var numbers = new List<string>();
        for (var i = 0; i < Callers * 2; i++)
            numbers.Add(await shop.RunningAsync("SILLA", 2, i % 2 == 0 ? null : second));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, Callers).Select(caller => FinishTwoAsync(numbers, caller, caller % 2 == 0 ? null : second))
        );
        var all = answers.SelectMany(a => a).ToList();
        Assert.Equal(
            $"{covered} ok, {all.Count - covered} insufficient-stock",
            string.Join(
                ", ",
                all.GroupBy(a => a.Problem?.Code ?? "ok").OrderByDescending(g => g.Key).Select(g => $"{g.Count()} {g.Key}")
            )
        );
        foreach (var refused in all.Where(a => a.Value is null))
        {
            Assert.Equal("insufficient-stock", refused.Problem!.Code);
            var shortages = refused.Problem.Detail<Shortage[]>("shortages")!.ToDictionary(s => s.Material);
            // Where the seats are short, so are the castors: 9 are left over, an order takes 10.
            Assert.Equal(["S-ASIENTO", "S-RUEDA"], shortages.Keys.Order());
            Assert.Equal((2m, 10m), (shortages["S-ASIENTO"].Required, shortages["S-RUEDA"].Required));
            Assert.All(shortages.Values, s => Assert.InRange(s.Available, 0, s.Required - 1));
            Assert.Contains("S-ASIENTO: requiere 2, disponible", refused.Problem.Es, StringComparison.Ordinal);
            Assert.Contains("S-RUEDA: requiere 10, disponible", refused.Problem.Es, StringComparison.Ordinal);
        }

        Assert.Equal(0, await OnHandAsync("S-ASIENTO"));
        Assert.Equal(9, await OnHandAsync("S-RUEDA"));
        Assert.Equal(1000 - covered * 2, await OnHandAsync("S-BASE"));
        Assert.Equal(
            covered * 300m,
            await shop.AskAsync<decimal>(
                "select sum(l.debit) from journal_line l join journal_entry e on e.number = l.entry where e.reference = any ($1)",
                (object)numbers.ToArray()
            )
        );
        await shop.HoldsAsync();
    }

    /// <summary>Three lots each, so that orders at the seam take from two.</summary>
    private async Task StockAsync(string material, decimal quantity)
    {
        var part = Math.Floor(quantity / 3);
        await shop.LotAsync(material, part);
        await shop.LotAsync(material, part);
        await shop.LotAsync(material, quantity - 2 * part);
    }

    private async Task<List<Answer<OrderAnswer>>> FinishTwoAsync(List<string> numbers, int caller, PlantHost? on)
    {
        var answers = new List<Answer<OrderAnswer>>();
        foreach (var i in new[] { caller, caller + Callers })
            answers.Add(await shop.Order(numbers[i], on).Finish(Workshop.By($"p{caller}", "finish", $"k{i}")));
        return answers;
    }

    private Task<decimal> OnHandAsync(string material) =>
        shop.AskAsync<decimal>("select sum(on_hand) from lot where material = $1", material);
}
