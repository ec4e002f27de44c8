using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces.Materials;

namespace Manufactura.Grains.Tests.Orders;

/// <summary>What an explosion takes out of stock and books.</summary>
public sealed class ConsumptionTests(Workshop shop) : IClassFixture<Workshop>
{
    private sealed record Shortage(string Material, decimal Required, decimal Available);

    [Fact]
    public async Task Own_reservations_go_first_then_first_expiring_first_and_the_entry_balances()
    {
        await shop.ProductAsync("FEFO", stock: 0);
        await shop.LotAsync("FEFO-BOTON", 1000);
        await shop.LotAsync("FEFO-HILO", 1000);
        var late = await shop.LotAsync("FEFO-TELA", 100, 60);
        var soon = await shop.LotAsync("FEFO-TELA", 4, 5);
        var next = await shop.LotAsync("FEFO-TELA", 100, 30);
        var expired = await shop.LotAsync("FEFO-TELA", 100, 0);
        var number = await shop.StartedAsync(40, "FEFO");
        await shop.ReserveAsync(number, late, 3);
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "M", 8)), Workshop.By("ana"))).Ok();
        var made = (await shop.Order(number).ProduceLots(false, Workshop.By("ana"))).Ok();

        // 8 × 1.25 m = 10 m: 3 of its own, 4 of what expires first, 3 of the next.
        Assert.Equal(97, await OnHand(late));
        Assert.Equal(0, await OnHand(soon));
        Assert.Equal(97, await OnHand(next));
        Assert.Equal(100, await OnHand(expired));
        Assert.Equal("Depleted", await shop.AskAsync<string>("select status from lot where code = $1", soon));
        var debit = await shop.AskAsync<decimal>("select sum(debit) from journal_line where entry = $1", made.JournalEntry!);
        Assert.Equal(
            debit,
            await shop.AskAsync<decimal>("select sum(credit) from journal_line where entry = $1", made.JournalEntry!)
        );
        // 10 m × 14500.35 + 32 × 120.50 + 2.664 m × 33.33
        Assert.Equal(decimal.Round(10 * 14500.35m + 32 * 120.5m + 2.664m * 33.33m, 2, MidpointRounding.AwayFromZero), debit);
        Assert.Equal(
            number,
            await shop.AskAsync<string>("select reference from journal_entry where number = $1", made.JournalEntry!)
        );
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task Every_short_component_is_named_and_nothing_changes()
    {
        await shop.ProductAsync("SHORT", stock: 0);
        var cloth = await shop.LotAsync("SHORT-TELA", 9);
        var thread = await shop.LotAsync("SHORT-HILO", 1000);
        var number = await shop.StartedAsync(40, "SHORT");
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "M", 8)), Workshop.By("ana"))).Ok();
        var before = await shop.LoadAsync(number);
        var refused = await shop.Order(number).ProduceLots(true, Workshop.By("ana"));
        Assert.Equal("insufficient-stock", refused.Refused());
        var shortages = refused.Problem!.Detail<Shortage[]>("shortages")!.OrderBy(s => s.Material);
        Assert.Equal([new("SHORT-BOTON", 32, 0), new("SHORT-TELA", 10, 9)], shortages);
        Assert.Equal(before.Version, (await shop.LoadAsync(number)).Version);
        Assert.Equal((9m, 1000m), (await OnHand(cloth), await OnHand(thread)));

        // What was held for the refused attempt is free again, and the grain hears of what comes in.
        await shop.LotAsync("SHORT-TELA", 1);
        await shop.LotAsync("SHORT-BOTON", 32);
        (await shop.Order(number).ProduceLots(true, Workshop.By("ana"))).Ok();
        Assert.Equal(0, await OnHand(cloth));
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task What_others_reserved_is_not_available()
    {
        await shop.ProductAsync("OTHER", stock: 0);
        var cloth = await shop.LotAsync("OTHER-TELA", 10);
        await shop.LotAsync("OTHER-BOTON", 1000);
        await shop.LotAsync("OTHER-HILO", 1000);
        var mine = await shop.StartedAsync(40, "OTHER");
        var other = await shop.StartedAsync(40, "OTHER");
        await shop.ReserveAsync(other, cloth, 1);
        (await shop.Order(mine).EditCells(Workshop.ToProduce(("T1", "M", 8)), Workshop.By("ana"))).Ok();
        Assert.Equal("insufficient-stock", (await shop.Order(mine).ProduceLots(true, Workshop.By("ana"))).Refused());
        Assert.Equal(10, await OnHand(cloth));
    }

    [Fact]
    public async Task Of_many_explosions_at_once_exactly_as_many_succeed_as_the_stock_covers()
    {
        await shop.ProductAsync("RACE", stock: 0);
        await shop.LotAsync("RACE-TELA", 7 * 10);
        await shop.LotAsync("RACE-BOTON", 1000);
        await shop.LotAsync("RACE-HILO", 1000);
        var numbers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => shop.StartedAsync(40, "RACE")));
        foreach (var number in numbers)
            (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "M", 8)), Workshop.By("ana"))).Ok();
        var answers = await Task.WhenAll(numbers.Select(n => shop.Order(n).ProduceLots(false, Workshop.By("ana"))));
        Assert.Equal(7, answers.Count(a => a.Value is not null));
        Assert.All(answers.Where(a => a.Value is null), a => Assert.Equal("insufficient-stock", a.Refused()));
        Assert.Equal(0, await shop.AskAsync<decimal>("select sum(on_hand) from lot where material = 'RACE-TELA'"));
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task Orders_that_each_hold_what_the_other_lacks_do_not_wait_for_each_other()
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var round = 0; round < 4; round++)
        {
            var code = $"CROSS{round}";
            await shop.ProductAsync(code, stock: 0);
            await shop.LotAsync($"{code}-TELA", 10);
            await shop.LotAsync($"{code}-BOTON", 32);
            await shop.LotAsync($"{code}-HILO", 2.664m);
            var numbers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => shop.StartedAsync(40, code)));
            foreach (var number in numbers)
                (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "M", 8)), Workshop.By("ana"))).Ok();
            // Half of them list the same components the other way round.
            foreach (var number in numbers.Take(6))
                await shop.ExecuteAsync(WorkshopSql.TurnRecipe(number));
            var answers = await Task.WhenAll(numbers.Select(n => shop.Order(n).ProduceLots(false, Workshop.By("ana"))));
            Assert.Single(answers, a => a.Value is not null);
        }

        // A hold that nobody ends is waited for five seconds, in each round; nobody is to wait for that.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 9.5);
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task Who_waits_at_one_material_holds_no_other_that_the_first_one_still_needs()
    {
        await shop.ProductAsync("WAIT", stock: 0);
        await shop.LotAsync("WAIT-TELA", 10);
        await shop.LotAsync("WAIT-BOTON", 32);
        await shop.LotAsync("WAIT-HILO", 1000);
        var number = await shop.StartedAsync(40, "WAIT");
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "M", 8)), Workshop.By("ana"))).Ok();
        // Another command has the buttons and is on its way to the cloth.
        Assert.Equal(0, (await Hold("WAIT-BOTON", 32)).Missing);
        var waits = shop.Order(number).ProduceLots(false, Workshop.By("ana"));
        await Task.WhenAny(waits, Task.Delay(TimeSpan.FromMilliseconds(300)));
        Assert.Equal(0, (await Hold("WAIT-TELA", 10).WaitAsync(TimeSpan.FromSeconds(5))).Missing);
        foreach (var material in new[] { "WAIT-BOTON", "WAIT-TELA" })
            await shop.Host.Grains.GetGrain<IMaterialGrain>(material).Drop("other", false);
        (await waits).Ok();

        Task<Held> Hold(string material, decimal quantity) =>
            shop
                .Host.Grains.GetGrain<IMaterialGrain>(material)
                .Hold(new("other", quantity, AllocationPolicy.SplitFefo, 0, "BOD", []));
    }

    [Fact]
    public async Task What_a_command_holds_that_is_gone_with_its_node_does_not_stop_the_others_for_long()
    {
        await shop.ProductAsync("GONE", stock: 0);
        await shop.LotAsync("GONE-TELA", 10);
        await shop.LotAsync("GONE-BOTON", 32);
        await shop.LotAsync("GONE-HILO", 1000);
        var number = await shop.StartedAsync(40, "GONE");
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "M", 8)), Workshop.By("ana"))).Ok();
        var cloth = shop.Host.Grains.GetGrain<IMaterialGrain>("GONE-TELA");
        Assert.Equal(0, (await cloth.Hold(new("gone", 10, AllocationPolicy.SplitFefo, 0, "BOD", []))).Missing);
        var started = TimeProvider.System.GetTimestamp();
        (await shop.Order(number).ProduceLots(false, Workshop.By("ana"))).Ok();
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 9.5);
        await shop.HoldsAsync();
    }

    private Task<decimal> OnHand(string lot) => shop.AskAsync<decimal>("select on_hand from lot where code = $1", lot);
}
