using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using static Manufactura.Grains.Tests.Lines.LineFixture;

namespace Manufactura.Grains.Tests.Lines;

/// <summary>Conservation over random chains of divisions, merges back and cancellations, on real grains and PostgreSQL.</summary>
public sealed class ChainTests(LineFixture plant) : IClassFixture<LineFixture>
{
    private const int Steps = 200;

    /// <summary>Product, and whether four people do it at once, each on whatever order comes.</summary>
    [Theory]
    [InlineData(11, "P", 1)]
    [InlineData(22, "J", 1)]
    [InlineData(33, "P", 4)]
    [InlineData(44, "J", 4)]
    public async Task Any_chain_conserves_units_cells_and_reservations(int seed, string product, int people)
    {
        var random = new Random(seed);
        var families = new List<Family>();
        for (var i = 0; i < 4; i++)
            families.Add(await StartAsync(product, random.Next(500, 3000)));
        var walk = Enumerable.Range(0, people).Select(p => WalkAsync(new Random(seed + p), families, Steps / people));
        await Task.WhenAll(walk);
        foreach (var family in families)
            await CheckAsync(family);
        var made = families.Sum(f => f.Numbers.Count);
        Assert.True(made > 4 * families.Count, $"Only {made} orders: nothing was tested.");
        await plant.SoundAsync();
        foreach (var number in families.SelectMany(f => f.Numbers))
            await plant.Order(number).Cancel(Ana);
        await plant.SoundAsync();
        Assert.Equal(0m, await plant.ScalarAsync<decimal>("select sum(reserved) from lot"));
    }

    private async Task<Family> StartAsync(string product, decimal quantity)
    {
        var number = await plant.MakeAsync(quantity, product, matrix: product == "J" ? Jeans : null);
        Ok(await plant.Order(number).Reserve(Ana));
        return new(number, await plant.ReadAsync(number));
    }

    private async Task WalkAsync(Random random, List<Family> families, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            var family = families[random.Next(families.Count)];
            var number = family.Any(random);
            switch (random.Next(20))
            {
                case < 8:
                    var line = random.Next(2) == 0 ? "L1" : "L2";
                    family.Add(Seen((await plant.Order(number).AssignLine(line, true, Ana)))?.Rest?.Number);
                    break;
                case < 10:
                    if ((await plant.Order(number).ProposeSplit()).Value is { } plan)
                        foreach (var part in Seen(await plant.Order(number).SplitAll(plan, Ana))?.Parts ?? [])
                            family.Add(part.Number);
                    break;
                case < 16:
                    if ((await plant.ReadAsync(number)) is { Kind: OrderKind.Split, Parent: { } parent })
                        Seen(await plant.Order(parent).UndoSplit(number, Ana));
                    break;
                case < 19:
                    Seen(await plant.Order(number).UnassignLine(Ana));
                    break;
                default:
                    // Seldom the whole, so that there is something left to divide.
                    if (number != family.Root)
                        Seen(await plant.Order(number).Cancel(Ana));
                    break;
            }
        }
    }

    /// <summary>The answer; a refusal is one by a rule or a state, never that the plant gave up.</summary>
    private static T? Seen<T>(Answer<T> answer)
        where T : class
    {
        Assert.NotEqual("busy", answer.Problem?.Code);
        return answer.Value;
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
        var open = orders.Where(o => o.IsOpen).ToArray();
        Assert.Equal(2 * open.Sum(o => o.Quantity), open.Sum(o => Allocations.ReservedOf(o.Allocations, "T")));
    }

    /// <summary>An order and all that came of it.</summary>
    private sealed class Family(string root, ProductionOrder whole)
    {
        private readonly List<string> numbers = [root];

        public string Root => root;

        public ProductionOrder Whole => whole;

        public IReadOnlyList<string> Numbers
        {
            get
            {
                lock (numbers)
                    return [.. numbers];
            }
        }

        public void Add(string? number)
        {
            lock (numbers)
                if (number is not null)
                    numbers.Add(number);
        }

        public string Any(Random random)
        {
            lock (numbers)
                return numbers[random.Next(numbers.Count)];
        }
    }
}
