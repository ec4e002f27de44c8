using System.Collections.Concurrent;
using System.Diagnostics;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Tests.Orders;
using Microsoft.Extensions.Hosting;
using Xunit.Abstractions;
using static Manufactura.Grains.Tests.Supply.SupplyPlant;

namespace Manufactura.Grains.Tests.Supply;

/// <summary>Many callers, few lots, two nodes: nothing is given twice and nothing is lost.</summary>
public sealed class ContentionTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Callers = 64;
    private readonly SupplyPlant plant = new();

    public Task InitializeAsync() => plant.InitializeAsync();

    public Task DisposeAsync() => plant.DisposeAsync();

    [Fact]
    public async Task Few_lots_are_reserved_to_the_last_piece_by_many_callers_on_two_nodes()
    {
        IHost[] hosts = [await plant.StartAsync(), await plant.StartAsync()];
        const int Lots = 6;
        for (var i = 0; i < Lots; i++)
            await LotAsync(hosts[0], $"W-{i}", "WOOD", 100, plant.Today.AddDays(i == 5 ? 30 : 60 + i));
        await LotAsync(hosts[0], "x", "SCREW", 100_000);
        await LotAsync(hosts[0], "Q-1", "WOOD", 50, plant.Today.AddDays(60), release: false);
        await LotAsync(hosts[0], "Q-2", "WOOD", 50, plant.Today.AddDays(60), release: false);
        var watch = Stopwatch.StartNew();
        var refused = new ConcurrentBag<string>();
        var orders = new ConcurrentBag<string>();

        await Task.WhenAll(
            Enumerable
                .Range(0, Callers)
                .Select(caller => Task.Run(() => CallAsync(caller, hosts[caller % 2], hosts, orders, refused)))
        );

        output.WriteLine($"{orders.Count} orders in {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Empty(refused);
        await UntilAsync(NothingIsLeftForWhoWaits, "what is free is offered to who waits");
        await plant.HoldsAsync();
        Assert.Equal(
            0,
            await plant.AskAsync<long>("select count(*) from lot where status in ('Rejected', 'Expired') and reserved > 0")
        );
        output.WriteLine(
            $"waiting {await plant.AskAsync<long>("select count(*) from production_order where awaits_materials")}, "
                + $"reserved {await plant.AskAsync<decimal>("select sum(reserved) from lot where material = 'WOOD'")} m"
        );
    }

    /// <summary>Three orders each, 5 m of wood an order; in between lots come, go and change.</summary>
    private async Task CallAsync(
        int caller,
        IHost host,
        IHost[] hosts,
        ConcurrentBag<string> orders,
        ConcurrentBag<string> refused
    )
    {
        for (var round = 0; round < 3; round++)
        {
            var number = await plant.OrderAsync(host, 2, plant.Today.AddDays(caller));
            orders.Add(number);
            var answer = await Grain<IProductionOrderGrain>(host, number).Reserve(Ana);
            if (answer.Problem is { } problem)
                refused.Add($"{number}: {problem.Code}");
            if (round == 1 && Disturb(caller, hosts[(caller + 1) % 2], number) is { } disturbance && await disturbance is { } no)
                refused.Add(no);
        }
    }

    private Task<string?>? Disturb(int caller, IHost host, string number) =>
        caller switch
        {
            3 => Say(async () =>
                (await Grain<ILotGrain>(host, "Q-1").Inspect(Domain.Lots.InspectionDecision.Release, null, null, Ana)).Problem
            ),
            7 => Say(async () =>
                (await Grain<ILotGrain>(host, "Q-2").Inspect(Domain.Lots.InspectionDecision.Reject, null, null, Ana)).Problem
            ),
            11 => Say(async () => (await Grain<ILotGrain>(host, "W-0").Scrap(30, "roto", Ana)).Problem),
            13 => Say(async () => (await Grain<ILotGrain>(host, "W-1").Adjust(25, "conteo", Ana)).Problem),
            17 => Say(async () => (await Grain<ILotGrain>(host, "W-2").Adjust(-40, "conteo", Ana)).Problem),
            19 => Say(async () =>
            {
                await Grain<IRoundsGrain>(host, IRoundsGrain.Key).Expire(plant.Today.AddDays(31));
                return null;
            }),
            _ when caller % 5 == 0 => Say(async () => (await Grain<IProductionOrderGrain>(host, number).Cancel(Ana)).Problem),
            _ when caller % 7 == 0 => Say(async () =>
                (await Grain<IProductionOrderGrain>(host, number).Unreserve(null, Ana)).Problem
            ),
            _ => null,
        };

    private static async Task<string?> Say(Func<Task<Interfaces.Problem?>> act) => (await act())?.En;

    private async Task<bool> NothingIsLeftForWhoWaits() =>
        await plant.AskAsync<long>("select count(*) from production_order where awaits_materials") == 0
        || await plant.AskAsync<decimal>(
            "select coalesce(sum(on_hand - reserved), 0) from lot where material = 'WOOD' and status = 'Available'"
        ) == 0;

    [Fact]
    public async Task A_thousand_orders_that_wait_are_served_first_due_first()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "x", "SCREW", 100_000);
        const int Waiting = 1000;
        var numbers = new string[Waiting];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Waiting),
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (i, _) =>
            {
                numbers[i] = await plant.OrderAsync(host, 2, plant.Today.AddDays(Waiting - i));
                (await Grain<IProductionOrderGrain>(host, numbers[i]).Reserve(Ana)).Ok();
            }
        );
        await UntilAsync(
            async () =>
                await plant.AskAsync<long>("select count(*) from alert where kind = 'order-waiting' and state = 'active'")
                == Waiting,
            "every waiting order has its alert",
            120
        );
        // Enough for nine hundred of them: those with the latest due dates go without.
        var watch = Stopwatch.StartNew();
        await LotAsync(host, "W-1", "WOOD", 4_500);
        await UntilAsync(
            async () =>
                await plant.AskAsync<long>("select count(*) from production_order where awaits_materials") == Waiting - 900,
            "those whose turn it is are served",
            120
        );
        output.WriteLine($"900 of {Waiting} waiting orders served in {watch.ElapsedMilliseconds} ms");
        Assert.All(
            await Task.WhenAll(numbers[..100].Select(plant.LoadAsync)),
            o => Assert.True(o.AwaitsMaterials, $"{o.Number} was served before its turn")
        );
        await plant.HoldsAsync();
    }

    [Fact]
    public async Task Nobody_overtakes_while_people_work_on_the_orders_and_the_rounds_are_made()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "x", "SCREW", 100_000);
        const int Waiting = 300;
        const int Served = 200;
        var numbers = new string[Waiting];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Waiting),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, _) =>
            {
                numbers[i] = await plant.OrderAsync(host, 2, plant.Today.AddDays(1 + i));
                (await Grain<IProductionOrderGrain>(host, numbers[i]).Reserve(Ana)).Ok();
            }
        );
        await LotAsync(host, "W-1", "WOOD", Served * 5, release: false);
        var order = new ConcurrentQueue<int>(Enumerable.Range(0, Waiting).Reverse());

        await Task.WhenAll([Release(), Rounds(), .. Enumerable.Range(0, 8).Select(_ => Plan())]);

        await UntilAsync(
            async () => await plant.AskAsync<decimal>("select reserved from lot where code = 'W-1'") == Served * 5,
            "the lot is given away",
            120
        );
        var left = (await Task.WhenAll(numbers.Select(plant.LoadAsync))).Where(o => o.AwaitsMaterials).Select(o => o.Number);
        Assert.Equal(numbers[Served..], left);
        await plant.HoldsAsync();

        async Task Release() =>
            (await Grain<ILotGrain>(host, "W-1").Inspect(Domain.Lots.InspectionDecision.Release, null, null, Ana)).Ok();

        async Task Plan()
        {
            while (order.TryDequeue(out var i))
                (await Grain<IProductionOrderGrain>(host, numbers[i]).ConfirmPlanning(Ana)).Ok();
        }

        async Task Rounds()
        {
            for (var i = 0; i < 10; i++)
                await Grain<IRoundsGrain>(host, IRoundsGrain.Key).Wake();
        }
    }

    [Fact]
    public async Task Two_sales_that_need_the_same_materials_in_another_order_do_not_wait_for_each_other()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "W-1", "WOOD", 60);
        await LotAsync(host, "x", "SCREW", 60);
        var sales = await Task.WhenAll(
            Enumerable.Range(0, 24).Select(_ => plant.SaleAsync(host, null, ("CHAIR", 1), ("CHAIR", 1)))
        );
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(sales.Select(s => s.Confirm(Ana)));
        output.WriteLine($"24 sales confirmed in {watch.ElapsedMilliseconds} ms");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(9), "Some waited for a hold to be forgotten.");
        Assert.Equal(60, answers.Sum(a => a.Ok().Allocations.Where(x => x.Material == "WOOD").Sum(x => x.Quantity)));
        await plant.HoldsAsync();
    }
}
