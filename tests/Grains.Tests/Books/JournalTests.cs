using System.Globalization;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Accounting;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Tests.Books;

/// <summary>Accounting that fails never keeps an order from being finished; its entry is booked afterwards.</summary>
public sealed class JournalTests(Workshop shop) : IClassFixture<Workshop>, IAsyncLifetime
{
    private static readonly AccountingData Usual = new("1430", "1405");

    public async Task InitializeAsync() => (await Plant.SaveAccounting(Usual, Workshop.By("admin"))).Ok();

    public Task DisposeAsync() => Task.CompletedTask;

    private IPlantGrain Plant => shop.Host.Grains.GetGrain<IPlantGrain>(IPlantGrain.Key);

    private IJournalGrain Books(string order) => shop.Host.Grains.GetGrain<IJournalGrain>(order);

    [Fact]
    public async Task Without_a_cost_the_order_is_finished_warned_of_and_booked_once_there_is_one()
    {
        await shop.PlainAsync("SINCOSTO", new PlainProducts.Part("SC-A", 2, null), new PlainProducts.Part("SC-B", 1, 5));
        var (done, number) = await FinishAsync("SINCOSTO", 3);
        Assert.Null(done.JournalEntry);
        Assert.Equal("⚠️ ORDEN TERMINADA pero fallo contable: sin costo unitario: SC-A.", done.Warnings.Single().Es);
        Assert.Equal(1, await StandingAsync(number));
        await shop.HoldsAsync();

        var still = await Books(number).Retry(null, Workshop.By("super"));
        Assert.Equal(("accounting-failed", "sin costo unitario: SC-A."), (still.Refused(), still.Problem!.Es));
        Assert.Equal(1, await StandingAsync(number));

        await shop.ExecuteAsync("update material set unit_cost = 7 where code = 'SC-A'");
        await shop.ExecuteAsync(
            "insert into event (type, subject, version, actor, data) select 'material-changed', 'material:' || code, version + 1, 'seed', '{}' from material where code = 'SC-A'"
        );
        await shop.ExecuteAsync("update material set version = version + 1 where code = 'SC-A'");
        await CostHeardAsync("SC-A", 7);
        var booked = (await Books(number).Retry(null, Workshop.By("super"))).Ok();
        // 6 × 7 + 3 × 5
        Assert.Equal(57, await DebitAsync(booked.Entries.Single()));
        Assert.Equal($"Asiento contable {booked.Entries[0]} generado automáticamente.", booked.Messages.Single().Es);
        Assert.Equal(0, await StandingAsync(number));
        Assert.Equal("invalid-state", (await Books(number).Retry(null, Workshop.By("super"))).Refused());
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task Two_who_retry_at_once_make_one_entry()
    {
        await using var second = await shop.SecondHostAsync();
        await shop.PlainAsync("DOSVECES", new PlainProducts.Part("DV-A", 1, 3));
        (await Plant.SaveAccounting(new(null, "1405"), Workshop.By("admin"))).Ok();
        var (done, number) = await FinishAsync("DOSVECES", 2);
        Assert.Contains(
            "no hay cuenta de inventario de productos terminados",
            done.Warnings.Single().Es,
            StringComparison.Ordinal
        );
        (await Plant.SaveAccounting(Usual, Workshop.By("admin"))).Ok();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    (i % 2 == 0 ? shop.Host : second).Grains.GetGrain<IJournalGrain>(number).Retry(null, Workshop.By($"p{i}"))
                )
        );
        Assert.Single(answers, a => a.Value is not null);
        Assert.Equal(1, await shop.AskAsync<long>("select count(*) from journal_entry where reference = $1", number));
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task In_a_closed_period_the_entry_waits_and_may_be_given_a_later_day()
    {
        await shop.PlainAsync("CERRADO", new PlainProducts.Part("CE-A", 1, 3));
        var today = Workshop.Today;
        (await Plant.SaveAccounting(Usual with { ClosedThrough = today }, Workshop.By("admin"))).Ok();
        var (done, number) = await FinishAsync("CERRADO", 2);
        Assert.Equal(
            string.Create(
                CultureInfo.InvariantCulture,
                $"⚠️ ORDER FINISHED but accounting failed: the accounting period is closed through {today:d MMM yyyy}."
            ),
            done.Warnings.Single().En
        );
        Assert.Equal("accounting-failed", (await Books(number).Retry(null, Workshop.By("super"))).Refused());
        Assert.Equal("validation", (await Books(number).Retry(today.AddDays(1), Workshop.By("super"))).Refused());
        Assert.Equal("validation", (await Books(number).Retry(today.AddDays(-1), Workshop.By("super"))).Refused());
        Assert.Equal(
            "validation",
            (await Plant.SaveAccounting(Usual with { ClosedThrough = today.AddDays(1) }, Workshop.By("admin"))).Refused()
        );
        // Yesterday's production, today's books: the day it was made is closed, today is not.
        await shop.ExecuteAsync(
            $"update production_order set finished_at = finished_at - interval '1 day' where number = '{number}'"
        );
        (await Plant.SaveAccounting(Usual with { ClosedThrough = today.AddDays(-1) }, Workshop.By("admin"))).Ok();
        Assert.Equal("accounting-failed", (await Books(number).Retry(null, Workshop.By("super"))).Refused());
        var booked = (await Books(number).Retry(today, Workshop.By("super"))).Ok();
        Assert.Equal(today, await shop.AskAsync<DateOnly>("select date from journal_entry where number = $1", booked.Entries[0]));
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task Cancelling_a_production_that_was_not_booked_ends_the_wait_for_its_entry()
    {
        await shop.PlainAsync("ANULADO", new PlainProducts.Part("AN-A", 1, null));
        var (_, number) = await FinishAsync("ANULADO", 2);
        Assert.Equal(1, await StandingAsync(number));
        (await shop.Order(number).Cancel(Workshop.By("jefe"))).Ok();
        Assert.Equal(0, await StandingAsync(number));
        Assert.Equal("invalid-state", (await Books(number).Retry(null, Workshop.By("super"))).Refused());
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task Of_an_order_exploded_twice_each_entry_is_retried_and_undoing_names_its_own()
    {
        await shop.ProductAsync("DOBLE");
        (await Plant.SaveAccounting(new(null, null), Workshop.By("admin"))).Ok();
        var number = await shop.StartedAsync(40, "DOBLE");
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T1", "S", 2), ("T1", "M", 1)), Workshop.By("ana"))).Ok();
        Assert.Null((await shop.Order(number).ProduceLots(false, Workshop.By("ana"))).Ok().JournalEntry);
        (await Plant.SaveAccounting(Usual, Workshop.By("admin"))).Ok();
        (await shop.Order(number).EditCells(Workshop.ToProduce(("T2", "L", 3)), Workshop.By("ana"))).Ok();
        var second = (await shop.Order(number).ProduceLots(false, Workshop.By("ana"))).Ok().JournalEntry!;
        var first = (await Books(number).Retry(null, Workshop.By("super"))).Ok().Entries.Single();
        // 3 jeans each: 1.25 m of cloth, 4 buttons, 0.333 m of thread. Both are worth the same.
        Assert.Equal(await DebitAsync(second), await DebitAsync(first));
        await shop.HoldsAsync();

        var undone = (await shop.Order(number).UndoExplosion(Workshop.By("jefe"))).Ok();
        Assert.Contains(second, undone.Warnings.Single().Es, StringComparison.Ordinal);
        Assert.Equal(
            1,
            await shop.AskAsync<long>(
                "select count(*) from alert where kind = 'journal-not-reversed' and subject = $1 and condition like '%' || $2",
                number,
                second
            )
        );
        var again = (await shop.Order(number).UndoExplosion(Workshop.By("jefe"))).Ok();
        Assert.Contains(first, again.Warnings.Single().Es, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_moves_the_average_and_what_was_consumed_keeps_the_cost_it_had()
    {
        await shop.PlainAsync("PROMEDIO", new PlainProducts.Part("PR-A", 1, null));
        await ReceiveAsync("PR-A", 10, 4);
        await ReceiveAsync("PR-A", 30, 8);
        // (10 × 4 + 30 × 8) / 40
        Assert.Equal(7, await shop.AskAsync<decimal>("select unit_cost from material where code = 'PR-A'"));
        await CostHeardAsync("PR-A", 7);
        var number = await shop.RunningAsync("PROMEDIO", 5);
        var entry = (await shop.Order(number).Finish(Workshop.By("ana"))).Ok().JournalEntry!;
        Assert.Equal(35, await DebitAsync(entry));
        await ReceiveAsync("PR-A", 35, 9);
        Assert.Equal(8, await shop.AskAsync<decimal>("select unit_cost from material where code = 'PR-A'"));
        var used = (await new StockQueries(shop.Database).UsedByAsync(number)).Single();
        Assert.Equal((5m, 5m, 35m), (used.Quantity, used.Costed, used.Cost));
        await shop.HoldsAsync();
    }

    [Fact]
    public async Task An_account_that_is_used_is_not_deleted_and_settings_name_only_accounts_there_are()
    {
        Assert.Equal("validation", (await Plant.SaveAccounting(new("9999", "1405"), Workshop.By("admin"))).Refused());
        Assert.Equal("in-use", (await Plant.Delete(MasterKind.Account, "1430", Workshop.By("jefe"))).Refused());
        var account = new AccountData("1435", "Mercancías", Domain.Accounting.AccountKind.Asset);
        (await Plant.SaveAccount(account, SaveMode.Create, Workshop.By("jefe"))).Ok();
        Assert.Equal("duplicate", (await Plant.SaveAccount(account, SaveMode.Create, Workshop.By("jefe"))).Refused());
        (await Plant.SaveAccounting(new("1435", "1405"), Workshop.By("admin"))).Ok();
        Assert.Equal("in-use", (await Plant.Delete(MasterKind.Account, "1435", Workshop.By("jefe"))).Refused());
        (await Plant.SaveAccounting(Usual, Workshop.By("admin"))).Ok();
        (await Plant.Delete(MasterKind.Account, "1435", Workshop.By("jefe"))).Ok();
        await shop.HoldsAsync();
    }

    private async Task<(OrderAnswer Done, string Number)> FinishAsync(string product, decimal quantity)
    {
        var number = await shop.RunningAsync(product, quantity);
        foreach (var line in (await shop.LoadAsync(number)).BomLines)
            await shop.LotAsync(line.Component, 1000);
        return ((await shop.Order(number).Finish(Workshop.By("ana"))).Ok(), number);
    }

    private async Task ReceiveAsync(string material, decimal quantity, decimal cost)
    {
        var code = "R-" + Guid.NewGuid().ToString("N")[..12];
        var lot = shop.Host.Grains.GetGrain<ILotGrain>(code);
        (await lot.Register(new(material, quantity, null, null, null, "BOD", null, cost), Workshop.By("calidad"))).Ok();
        (await lot.Inspect(Domain.Lots.InspectionDecision.Release, null, null, Workshop.By("calidad"))).Ok();
    }

    /// <summary>A changed cost travels by the feed to what keeps materials in memory.</summary>
    private async Task CostHeardAsync(string material, decimal cost)
    {
        var cache = (Materials.MaterialCache)shop.Host.Services.GetService(typeof(Materials.MaterialCache))!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await cache.FindAsync(material))!.UnitCost != cost)
            await Task.Delay(10, limit.Token);
    }

    private Task<long> StandingAsync(string order) =>
        shop.AskAsync<long>(
            "select count(*) from alert where kind = 'journal-failed' and subject = $1 and state <> 'cleared'",
            order
        );

    private Task<decimal> DebitAsync(string entry) =>
        shop.AskAsync<decimal>("select sum(debit) from journal_line where entry = $1", entry);
}
