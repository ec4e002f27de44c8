using Manufactura.Domain.Lots;
using Manufactura.Grains.Interfaces.Alerts;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Grains.Tests.Runtime;
using static Manufactura.Grains.Tests.Supply.SupplyPlant;

namespace Manufactura.Grains.Tests.Supply;

/// <summary>What the clock brings: a new day, a lot's last one, an alert that nobody took.</summary>
public sealed class RoundsTests : IAsyncLifetime
{
    private readonly SupplyPlant plant = new();

    public Task InitializeAsync() => plant.InitializeAsync();

    public Task DisposeAsync() => plant.DisposeAsync();

    [Theory]
    [InlineData("2026-10-31T15:00:00Z", "2026-11-02", "2026-11-02T05:00:00Z")] // The day before has 25 hours.
    [InlineData("2027-03-13T15:00:00Z", "2027-03-15", "2027-03-15T04:00:00Z")] // The day before has 23 hours.
    [InlineData("2026-06-10T15:00:00Z", "2026-06-12", "2026-06-12T04:00:00Z")]
    public async Task A_lot_expires_at_midnight_of_the_plant_also_where_clocks_change(
        string start,
        string expiry,
        string midnight
    )
    {
        var clock = new ManualClock(DateTimeOffset.Parse(start));
        (plant.Time, plant.Zone) = (clock, TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        var host = await plant.StartAsync();
        await LotAsync(host, "W-1", "WOOD", 10, DateOnly.Parse(expiry));
        await LotAsync(host, "W-2", "WOOD", 10, DateOnly.Parse(expiry).AddDays(1));

        await TickAsync(clock, DateTimeOffset.Parse(midnight).AddMinutes(-1));
        Assert.Equal(LotStatus.Available, (await plant.LoadLotAsync("W-1")).Status);
        await TickAsync(clock, DateTimeOffset.Parse(midnight));

        Assert.Equal(LotStatus.Expired, (await plant.LoadLotAsync("W-1")).Status);
        Assert.Equal(LotStatus.Available, (await plant.LoadLotAsync("W-2")).Status);
    }

    /// <summary>Moves the clock, and waits until the round of that minute has been walked.</summary>
    private async Task TickAsync(ManualClock clock, DateTimeOffset to)
    {
        clock.Advance(to - TimeSpan.FromSeconds(30) - clock.GetUtcNow());
        await Task.Delay(300);
        clock.Advance(to - clock.GetUtcNow());
        await UntilAsync(
            () => plant.AskAsync<bool>($"select exists (select from grain_reminder where last_fired_at >= '{to:O}')"),
            $"the round of {to:O}"
        );
    }

    [Fact]
    public async Task Days_on_which_nobody_was_there_are_caught_up_at_the_start()
    {
        var host = await plant.StartAsync();
        for (var day = 0; day < 6; day++)
            await LotAsync(host, $"W-{day}", "WOOD", 10, plant.Today.AddDays(day + 1));
        await plant.StopAsync(host);
        plant.Clock.Advance(TimeSpan.FromDays(3));

        await plant.StartAsync();

        await UntilAsync(
            async () => await plant.AskAsync<long>("select count(*) from lot where status = 'Expired'") == 3,
            "the missed days"
        );
        Assert.Equal(LotStatus.Available, (await plant.LoadLotAsync("W-3")).Status);
    }

    [Fact]
    public async Task An_expired_lot_releases_its_orders_which_are_planned_anew_and_the_supervisor_is_told()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "W-1", "WOOD", 25, plant.Today.AddDays(20));
        await LotAsync(host, "x", "SCREW", 1000);
        var first = await plant.OrderAsync(host, 6, plant.Today.AddDays(1));
        var second = await plant.OrderAsync(host, 4, plant.Today.AddDays(2));
        foreach (var order in new[] { second, first })
            (await Grain<IProductionOrderGrain>(host, order).Reserve(Ana)).Ok();
        Assert.Equal(LotStatus.Depleted, (await plant.LoadLotAsync("W-1")).Status);
        await LotAsync(host, "W-2", "WOOD", 15, plant.Today.AddDays(90));

        var report = await Grain<IRoundsGrain>(host, IRoundsGrain.Key).Expire(plant.Today.AddDays(20));

        Assert.Equal(["W-1"], report.Lots.ToArray());
        Assert.Equal([first, second], report.Orders.ToArray());
        var lot = await plant.LoadLotAsync("W-1");
        Assert.Equal((LotStatus.Expired, 25m, 0m), (lot.Status, lot.OnHand, lot.Reserved));
        Assert.Contains(first, (await plant.AlertsAsync("lot-expired")).Single().TextEs);
        await UntilAsync(async () => !(await plant.LoadAsync(first)).AwaitsMaterials, "the more urgent one has the other lot");
        Assert.True((await plant.LoadAsync(second)).AwaitsMaterials);
        var told = $"Antes: {first} 15, {second} 10. Ahora: {first} 15 (W-2), {second} espera.";
        await UntilAsync(
            async () => (await plant.AlertsAsync("lot-expired")).Single().TextEs == $"El lote W-1 venció con reservas. {told}",
            "the alert says what there was and what there is"
        );
        Assert.Empty((await Grain<IRoundsGrain>(host, IRoundsGrain.Key).Expire(plant.Today.AddDays(20))).Lots);
        await plant.HoldsAsync();
    }

    [Fact]
    public async Task A_lot_is_allocated_until_midnight_and_not_at_it_even_before_the_pass()
    {
        var host = await plant.StartAsync();
        await plant.ExecuteAsync("update material set min_shelf_life_days = 0 where code = 'WOOD'");
        var expiry = plant.Today.AddDays(1);
        var midnight = new DateTimeOffset(expiry.ToDateTime(TimeOnly.MinValue), plant.Zone.BaseUtcOffset);
        await LotAsync(host, "W-1", "WOOD", 25, expiry);
        await LotAsync(host, "x", "SCREW", 1000);
        var (before, at) = (await plant.OrderAsync(host, 2), await plant.OrderAsync(host, 2));

        plant.Clock.Set(midnight.AddMinutes(-10));
        Assert.Empty((await Grain<IProductionOrderGrain>(host, before).Reserve(Ana)).Ok().Shortages);
        plant.Clock.Set(midnight);

        Assert.Equal("WOOD", (await Grain<IProductionOrderGrain>(host, at).Reserve(Ana)).Ok().Shortages.Single().Material);
    }

    [Fact]
    public async Task An_alert_that_nobody_takes_goes_to_the_next_role_once()
    {
        var host = await plant.StartAsync();
        await plant.OrderAsync(host, 1);
        var waiting = await plant.OrderAsync(host, 1);
        (await Grain<IProductionOrderGrain>(host, waiting).Reserve(Ana)).Ok();
        await UntilAsync(async () => (await plant.AlertsAsync("order-waiting")).Count == 1, "the alert");
        var alert = (await plant.AlertsAsync("order-waiting")).Single();
        var grain = Grain<IAlertGrain>(host, alert.Id.ToString());
        await grain.Escalate();
        Assert.Equal("Supervisor", (await plant.AlertsAsync("order-waiting")).Single().Role);
        plant.Clock.Advance(TimeSpan.FromHours(8));
        await Grain<IRoundsGrain>(host, IRoundsGrain.Key).Wake();
        var escalated = (await plant.AlertsAsync("order-waiting")).Single();
        Assert.Equal("ProductionManager", escalated.Role);
        Assert.NotNull(escalated.EscalatedAt);
        var taken = (await grain.Acknowledge("voy", Ana)).Ok();
        Assert.Equal(("acknowledged", "ana", "voy"), (taken.State, taken.AcknowledgedBy, taken.Note));
        Assert.Equal("invalid-state", (await grain.Acknowledge(null, Ana)).Refused());
    }
}
