using Manufactura.Domain.ProductionOrders;
using static Manufactura.Grains.Tests.Lines.LineFixture;

namespace Manufactura.Grains.Tests.Lines;

/// <summary>Conservation over random chains of divisions, merges back and cancellations, on real grains and PostgreSQL.</summary>
public sealed class ChainTests(LineFixture plant) : IClassFixture<LineFixture>
{
    private const int Steps = 240;

    /// <summary>Product, and how many people do it at once, each to whatever order comes.</summary>
    [Theory]
    [InlineData(11, "P", 1)]
    [InlineData(22, "J", 1)]
    [InlineData(33, "P", 4)]
    [InlineData(44, "J", 4)]
    [InlineData(55, "J", 16)]
    public async Task Any_chain_conserves_units_cells_and_reservations(int seed, string product, int people)
    {
        // Small lines, so that much is divided and most parts can be divided again.
        await plant.LineAsync("L1", 120, ["P", "J"]);
        await plant.LineAsync("L2", 45, ["P", "J"], priority: 2);
        var random = new Random(seed);
        var families = new List<Family>();
        try
        {
            for (var i = 0; i < 4; i++)
                families.Add(await StartAsync(product, random.Next(300, 900) * (product == "J" ? 2 : 1)));
            var did = new Tally();
            await Task.WhenAll(
                Enumerable
                    .Range(1, people)
                    .Select(p => new ChainWalk(plant, families, new Random(1000 * seed + p), did).GoAsync(Steps / people))
            );
            foreach (var family in families)
                await CheckAsync(family);
            await plant.SoundAsync();
            did.Enough();
        }
        finally
        {
            // Also after a failure: what it left reserved would be missing to the next chain, which would fail for that.
            foreach (var number in families.SelectMany(f => f.Numbers))
                await plant.Order(number).Cancel(Ana);
        }

        Assert.Equal(0m, await plant.ScalarAsync<decimal>("select sum(reserved) from lot"));
        await plant.SoundAsync();
    }

    private async Task<Family> StartAsync(string product, decimal quantity)
    {
        var number = await plant.MakeAsync(quantity, product, matrix: product == "J" ? Jeans : null);
        Assert.Empty(Ok(await plant.Order(number).Reserve(Ana)).Shortages);
        return new(number, await plant.ReadAsync(number));
    }

    private async Task CheckAsync(Family family)
    {
        var orders = new List<ProductionOrder>();
        foreach (var number in family.Numbers)
            orders.Add(await plant.ReadAsync(number));
        // Merged ones gave everything back; cancelled ones keep what they had.
        Assert.Equal(family.Whole.Quantity, orders.Sum(o => o.Quantity - o.Moved));
        for (var i = 0; i < (family.Whole.Matrix?.Cells.Length ?? 0); i++)
            Assert.Equal(
                family.Whole.Matrix!.Cells[i].Planned,
                orders.Sum(o => o.Matrix!.Cells[i].Planned - o.Matrix.Cells[i].Moved)
            );
        Assert.All(orders.Where(o => o.Matrix is not null), o => Assert.Equal(o.Quantity, o.Matrix!.Cells.Sum(c => c.Planned)));
        // Two metres a piece in every order by itself: none gave up more of the cloth than of the pieces.
        Assert.Equal(
            orders.Select(o => (o.Number, o.Status, o.IsOpen ? 2 * o.Quantity : 0)),
            orders.Select(o => (o.Number, o.Status, Allocations.ReservedOf(o.Allocations, "T")))
        );
    }
}
