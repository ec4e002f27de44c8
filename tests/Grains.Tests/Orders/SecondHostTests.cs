using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Grains.Tests.Orders;

/// <summary>Two activations of one order, as after a partition: the database has the last word.</summary>
public sealed class SecondHostTests(Workshop shop) : IClassFixture<Workshop>
{
    [Fact]
    public async Task Old_memory_never_overwrites_and_never_says_no_wrongly()
    {
        await using var second = await shop.SecondHostAsync();
        var number = await shop.CreatedAsync(100);
        var (here, there) = (shop.Order(number), shop.Order(number, second));
        // Each step finds the memory of the other side one step behind.
        (await here.Recalculate(null, Workshop.By("ana"))).Ok();
        (await there.ConfirmPlanning(Workshop.By("beto"))).Ok();
        (await here.Start(Workshop.By("ana"))).Ok();
        (await there.EditCells(Workshop.ToProduce(("T1", "S", 3)), Workshop.By("beto"))).Ok();
        (await here.EditCells(Workshop.ToProduce(("T1", "M", 4)), Workshop.By("ana"))).Ok();
        var stale = new Interfaces.ProductionOrders.CellChanges([new("T1", "M", CellField.ToProduce, 9, 1)]);
        Assert.Equal("cell-conflict", (await there.EditCells(stale, Workshop.By("beto"))).Refused());
        var made = (await there.ProduceLots(false, Workshop.By("beto"))).Ok();
        Assert.Equal(2, made.Lots.Length);
        Assert.Equal("nothing-to-produce", (await here.ProduceLots(false, Workshop.By("ana"))).Refused());
        var order = await shop.LoadAsync(number);
        Assert.Equal((OrderStatus.InProgress, 7m), (order.Status, order.Produced));
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task Both_sides_editing_and_exploding_at_once_lose_nothing()
    {
        await using var second = await shop.SecondHostAsync();
        var number = await shop.StartedAsync(1_000_000);
        var acknowledged = new System.Collections.Concurrent.ConcurrentDictionary<string, decimal>();
        var produced = 0m;
        await Task.WhenAll(Enumerable.Range(0, 6).Select(EditAsync).Append(ExplodeAsync(shop.Host)).Append(ExplodeAsync(second)));
        var order = await shop.LoadAsync(number);
        var left = order.Matrix!.Cells.Sum(c => c.ToProduce);
        // Everything acknowledged is either still to be produced or was.
        Assert.Equal(acknowledged.Values.Sum(), left + order.Produced);
        Assert.Equal(produced, order.Produced);
        await shop.HoldsAsync();

        async Task EditAsync(int cell)
        {
            var (x, y) = (cell < 3 ? "T1" : "T2", new[] { "S", "M", "L" }[cell % 3]);
            var version = 0;
            for (var i = 0; i < 12; )
            {
                // Adds to what stands there now: with the version, since an explosion may empty it meanwhile.
                var now = (await shop.LoadAsync(number)).Matrix!.Find(x, y)!;
                version = now.Version;
                var grain = shop.Order(number, i % 2 == 0 ? shop.Host : second);
                var answer = await grain.EditCells(
                    new([new(x, y, CellField.ToProduce, now.ToProduce + 1, version)]),
                    Workshop.By($"e{cell}")
                );
                if (answer.Value is null)
                {
                    Assert.Contains(answer.Problem!.Code, new[] { "cell-conflict", "busy" });
                    continue;
                }

                acknowledged.AddOrUpdate(x + y, 1, (_, sum) => sum + 1);
                i++;
            }
        }

        async Task ExplodeAsync(PlantHost on)
        {
            for (var i = 0; i < 8; i++)
            {
                var answer = await shop.Order(number, on).ProduceLots(false, Workshop.By("x"));
                if (answer.Value is null)
                    Assert.Contains(answer.Problem!.Code, new[] { "nothing-to-produce", "busy" });
                foreach (var lot in answer.Value?.Lots ?? [])
                {
                    var quantity = await shop.AskAsync<decimal>("select quantity from lot where code = $1", lot);
                    lock (acknowledged)
                        produced += quantity;
                }
            }
        }
    }
}
