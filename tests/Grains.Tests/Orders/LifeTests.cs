using Manufactura.Domain.ProductionOrders;
using Manufactura.Storage.Feeds;
using Microsoft.Extensions.DependencyInjection;

namespace Manufactura.Grains.Tests.Orders;

/// <summary>One order from its planning to the end of its backorder chain.</summary>
public sealed class LifeTests(Workshop shop) : IClassFixture<Workshop>
{
    [Fact]
    public async Task From_planning_to_lots_and_when_the_chain_is_closed_the_order_closes_by_itself()
    {
        var number = await shop.StartedAsync(100);
        var planned = (await shop.LoadAsync(number)).Matrix!;
        Assert.Equal((decimal[])[13m, 25m, 12m, 13m, 25m, 12m], planned.Cells.Select(c => c.Planned));
        (await shop.Order(number).EditCells(await shop.OutstandingAsync(number, 0.5m), Workshop.By("beto"))).Ok();
        var first = (await shop.Order(number).ProduceLots(true, Workshop.By("beto"))).Ok();
        Assert.Equal(
            (string[])[.. Enumerable.Range(1, 6).Select(i => $"{number}-0{i}"), $"{number}-R1"],
            first.Orders.AsEnumerable()
        );
        Assert.Equal(first.Orders[..6].AsEnumerable(), first.Lots);
        Assert.Equal($"{number}-R1", first.Backorder);

        var closed = Closing(number);
        (await shop.Order($"{number}-R1").Start(Workshop.By("beto"))).Ok();
        (await shop.Order($"{number}-R1").EditCells(await shop.OutstandingAsync($"{number}-R1", 0.5m), Workshop.By("beto"))).Ok();
        var second = (await shop.Order($"{number}-R1").ProduceLots(true, Workshop.By("beto"))).Ok();
        Assert.Equal($"{number}-R2", second.Backorder);
        Assert.False(closed.IsCompleted);
        (await shop.Order($"{number}-R2").Start(Workshop.By("beto"))).Ok();
        (await shop.Order($"{number}-R2").EditCells(await shop.OutstandingAsync($"{number}-R2"), Workshop.By("beto"))).Ok();
        var last = (await shop.Order($"{number}-R2").ProduceLots(true, Workshop.By("beto"))).Ok();
        Assert.Null(last.Backorder);

        await closed.WaitAsync(TimeSpan.FromSeconds(20));
        foreach (var one in new[] { number, $"{number}-R1", $"{number}-R2" })
        {
            var order = await shop.LoadAsync(one);
            Assert.Equal(OrderStatus.Done, order.Status);
            Assert.Equal(0, order.Outstanding);
        }

        await shop.HoldsAsync();
    }

    [Fact]
    public async Task Without_a_backorder_the_rest_stays_and_is_exploded_again()
    {
        var number = await shop.StartedAsync(40);
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "S", 2), ("T2", "L", 5)), Workshop.By("beto"))).Ok();
        var first = (await shop.Order(number).ProduceLots(false, Workshop.By("beto"))).Ok();
        Assert.Null(first.Backorder);
        Assert.Equal(33, (await shop.LoadAsync(number)).Outstanding);
        Assert.Equal("nothing-to-produce", (await shop.Order(number).ProduceLots(false, Workshop.By("beto"))).Refused());
        (await shop.Order(number).EditCells(await shop.OutstandingAsync(number), Workshop.By("beto"))).Ok();
        var second = (await shop.Order(number).ProduceLots(false, Workshop.By("beto"))).Ok();
        Assert.Equal($"{number}-03", second.Lots[0]);
        Assert.Equal(OrderStatus.Done, (await shop.LoadAsync(number)).Status);
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task A_refused_step_changes_nothing()
    {
        var number = await shop.CreatedAsync(10);
        var before = await shop.LoadAsync(number);
        Assert.Equal("invalid-state", (await shop.Order(number).ProduceLots(true, Workshop.By("ana"))).Refused());
        Assert.Equal(
            "invalid-state",
            (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "S", 1)), Workshop.By("ana"))).Refused()
        );
        Assert.NotNull((await shop.Order(number).ConfirmPlanning(Workshop.By("ana"))).Problem);
        Assert.NotNull((await shop.Order(number).Start(Workshop.By("ana"))).Problem);
        Assert.Equal("not-found", (await shop.Order("WO-9999999").Start(Workshop.By("ana"))).Refused());
        var after = await shop.LoadAsync(number);
        Assert.Equal((before.Version, before.Status, before.UpdatedAt), (after.Version, after.Status, after.UpdatedAt));
    }

    /// <summary>Ends when the feed tells that the order became Done.</summary>
    private Task Closing(string number)
    {
        var feed = shop.Host.Services.GetRequiredService<IFeed>().Subscribe();
        return Task.Run(async () =>
        {
            using (feed)
                await foreach (var e in feed.ReadAllAsync())
                    if (e.Subject == "order:" + number && e.DataJson.Contains("\"status\": \"Done\"", StringComparison.Ordinal))
                        return;
        });
    }
}
