using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Tests.Orders;
using static Manufactura.Grains.Tests.Supply.SupplyPlant;

namespace Manufactura.Grains.Tests.Supply;

/// <summary>What people do to lots.</summary>
public sealed class LotTests : IAsyncLifetime
{
    private readonly SupplyPlant plant = new();

    public Task InitializeAsync() => plant.InitializeAsync();

    public Task DisposeAsync() => plant.DisposeAsync();

    [Fact]
    public async Task A_registered_lot_is_in_quarantine_and_a_code_is_given_once()
    {
        var host = await plant.StartAsync();
        var made = await LotAsync(host, "W-1", "WOOD", 12.5m, release: false);
        Assert.Equal((LotStatus.Quarantine, 12.5m, 12.5m, 0m), (made.Status, made.Quantity, made.Available, made.Reserved));
        var lot = Grain<ILotGrain>(host, "W-1");
        Assert.Equal("duplicate", (await lot.Register(new("WOOD", 1, null, null, null, "BOD", null, null), Ana)).Refused());
        var other = Grain<ILotGrain>(host, "W-2");
        Assert.Equal("validation", (await other.Register(new("NONE", 1, null, null, null, "BOD", null, null), Ana)).Refused());
        Assert.Equal("validation", (await other.Register(new("WOOD", 1, null, null, null, "NONE", null, null), Ana)).Refused());
        Assert.Equal("validation", (await other.Register(new("WOOD", 0, null, null, null, "BOD", null, null), Ana)).Refused());
        Assert.Equal("validation", (await other.Register(new("WOOD", 1, null, null, null, "BOD", "RQ-9", null), Ana)).Refused());
        Assert.Equal("not-found", (await other.Scrap(1, "x", Ana)).Refused());
    }

    [Fact]
    public async Task An_inactive_location_takes_no_lot_and_is_named_as_inactive()
    {
        var host = await plant.StartAsync();
        await plant.AskAsync<string>("update location set active = false where code = 'WIP' returning code");
        await LotAsync(host, "W-1", "WOOD", 10);
        var registered = await Grain<ILotGrain>(host, "W-2").Register(new("WOOD", 1, null, null, null, "WIP", null, null), Ana);
        var moved = await Grain<ILotGrain>(host, "W-1").Transfer("WIP", null, Ana);
        Assert.Contains("WIP, que está inactivo", registered.Problem!.Es);
        Assert.Contains("WIP, que está inactivo", moved.Problem!.Es);
        await plant.HoldsAsync();
    }

    [Fact]
    public async Task Bulk_material_goes_to_the_one_lot_of_its_location_whoever_comes_first()
    {
        var host = await plant.StartAsync();
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => LotAsync(host, $"B-{i}", "SCREW", 10)));
        Assert.Equal("SCREW@BOD", made.Select(l => l.Code).Distinct().Single());
        var bulk = await plant.LoadLotAsync("SCREW@BOD");
        Assert.Equal((80m, 80m, LotStatus.Available), (bulk.Quantity, bulk.OnHand, bulk.Status));
        var moved = (await Grain<ILotGrain>(host, "SCREW@BOD").Transfer("WIP", 30, Ana)).Ok();
        Assert.Equal("SCREW@WIP", moved.OtherLot);
        (await Grain<ILotGrain>(host, "SCREW@BOD").Transfer("WIP", null, Ana)).Ok();
        Assert.Equal(80, (await plant.LoadLotAsync("SCREW@WIP")).OnHand);
        await plant.HoldsAsync();
    }

    [Fact]
    public async Task What_was_paid_moves_the_average_cost()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "W-1", "WOOD", 30, unitCost: 10);
        await LotAsync(host, "W-2", "WOOD", 10, unitCost: 14);
        Assert.Equal(11m, await plant.AskAsync<decimal>("select unit_cost from material where code = 'WOOD'"));
        await plant.HoldsAsync();
    }

    [Fact]
    public async Task A_scrapped_reservation_leaves_the_least_urgent_order_which_is_planned_anew()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "W-1", "WOOD", 50);
        await LotAsync(host, "x", "SCREW", 1000);
        var late = await plant.OrderAsync(host, 10, plant.Today.AddDays(9));
        var soon = await plant.OrderAsync(host, 10, plant.Today.AddDays(2));
        (await Grain<IProductionOrderGrain>(host, late).Reserve(Ana)).Ok();
        (await Grain<IProductionOrderGrain>(host, soon).Reserve(Ana)).Ok();
        Assert.Equal(LotStatus.Depleted, (await plant.LoadLotAsync("W-1")).Status);

        var scrapped = (await Grain<ILotGrain>(host, "W-1").Scrap(10, "mojada", Ana)).Ok();

        Assert.Equal(late, scrapped.Replanned.Single());
        Assert.Equal((40m, 40m), (scrapped.OnHand, scrapped.Reserved));
        Assert.True((await plant.LoadAsync(late)).AwaitsMaterials);
        Assert.Contains($"Antes: {late} 10.", (await plant.AlertsAsync("lot-lost")).Single().TextEs);
        Assert.Equal(25, Allocations.ReservedOf((await plant.LoadAsync(soon)).Allocations, "WOOD"));
        await LotAsync(host, "W-2", "WOOD", 10);
        await UntilAsync(async () => !(await plant.LoadAsync(late)).AwaitsMaterials, "it is planned anew");
        // The order's grain, which knew nothing of the loss, goes on from what is true.
        (await Grain<IProductionOrderGrain>(host, late).ConfirmPlanning(Ana)).Ok();
        await plant.HoldsAsync();
    }

    [Fact]
    public async Task A_transfer_takes_the_reservations_along_or_makes_a_part_a_lot()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "W-1", "WOOD", 50);
        await LotAsync(host, "x", "SCREW", 1000);
        var order = await plant.OrderAsync(host, 4);
        (await Grain<IProductionOrderGrain>(host, order).Reserve(Ana)).Ok();
        var lot = Grain<ILotGrain>(host, "W-1");
        Assert.Equal("insufficient-stock", (await lot.Transfer("WIP", 45, Ana)).Refused());
        Assert.Equal("W-1-T1", (await lot.Transfer("WIP", 15, Ana)).Ok().OtherLot);
        Assert.Equal("W-1-T2", (await lot.Transfer("WIP", 15, Ana)).Ok().OtherLot);
        var whole = (await lot.Transfer("WIP", null, Ana)).Ok();
        Assert.Equal(("WIP", 20m, 10m), (whole.Location, whole.OnHand, whole.Reserved));
        await plant.HoldsAsync();
    }

    [Fact]
    public async Task Low_stock_is_told_once_per_crossing_and_ends_with_recovery()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "W-1", "WOOD", 50);
        var lot = Grain<ILotGrain>(host, "W-1");
        await UntilAsync(async () => (await plant.AlertsAsync("low-stock")).All(a => a.State == "cleared"), "no alert stands");
        var before = (await plant.AlertsAsync("low-stock")).Count;
        (await lot.Adjust(-31, "conteo", Ana)).Ok();
        await UntilAsync(async () => (await plant.AlertsAsync("low-stock")).Count == before + 1, "the crossing is told");
        (await lot.Adjust(-1, "conteo", Ana)).Ok();
        (await lot.Adjust(30, "conteo", Ana)).Ok();
        await UntilAsync(async () => (await plant.AlertsAsync("low-stock")).All(a => a.State == "cleared"), "recovery ends it");
        Assert.Equal(before + 1, (await plant.AlertsAsync("low-stock")).Count);
    }
}
