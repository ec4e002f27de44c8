using Manufactura.Domain.Alerts;
using Manufactura.Grains.Alerts;
using Manufactura.Grains.Interfaces.Alerts;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Grains.Tests.Supply;
using Manufactura.Silo.Mail;
using Manufactura.Storage.Queries;
using Microsoft.Extensions.Hosting;
using static Manufactura.Grains.Tests.Supply.SupplyPlant;

namespace Manufactura.Grains.Tests.Alerts;

/// <summary>Alerts come and go with what stands, wait for somebody, and go on after a restart.</summary>
public sealed class AlertLifeTests : IAsyncLifetime
{
    private readonly SupplyPlant plant = new();
    private readonly string folder = Path.Combine(Path.GetTempPath(), "manufactura-alerts-" + Guid.NewGuid().ToString("N"));

    public Task InitializeAsync() => plant.InitializeAsync();

    public async Task DisposeAsync()
    {
        await plant.DisposeAsync();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_order_is_overdue_the_moment_it_is_and_no_longer_when_it_is_cancelled()
    {
        var host = await plant.StartAsync();
        var order = await plant.OrderAsync(host, 1, plant.Today.AddDays(-1));
        await StandsAsync("order-overdue", order);
        (await Grain<IProductionOrderGrain>(host, order).Cancel(Ana)).Ok();
        await UntilAsync(async () => (await AlertAsync("order-overdue")).State == "cleared", "the order is overdue no more");
    }

    [Fact]
    public async Task A_lot_that_is_released_late_is_told_at_once_and_no_longer_when_it_is_gone()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "W-1", "WOOD", 30, plant.Today.AddDays(3));
        await StandsAsync("lot-expiring", "W-1");
        (await Grain<ILotGrain>(host, "W-1").Scrap(30, "agua", Ana)).Ok();
        await UntilAsync(async () => (await AlertAsync("lot-expiring")).State == "cleared", "there is nothing left to expire");
    }

    [Fact]
    public async Task Everything_that_lacks_one_material_has_one_cause()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "x", "SCREW", 1000);
        await LotAsync(host, "W-1", "WOOD", 19, plant.Today.AddDays(90));
        await StandsAsync("low-stock", "WOOD");
        foreach (var quantity in new[] { 20, 30 })
        {
            var order = await plant.OrderAsync(host, quantity);
            (await Grain<IProductionOrderGrain>(host, order).Reserve(Ana)).Ok();
        }

        await UntilAsync(async () => (await plant.AlertsAsync("order-waiting")).Count == 2, "both wait");
        var causes = (await plant.AlertsAsync("low-stock")).Concat(await plant.AlertsAsync("order-waiting")).Select(a => a.Cause);
        Assert.Equal(["material:WOOD"], causes.Distinct());
        var unattended = Assert.Single(await new AlertQueries(plant.Database).UnattendedAsync());
        Assert.Equal(("Supervisor", 1L), (unattended.Role, unattended.Causes));
    }

    [Fact]
    public async Task What_is_put_aside_waits_for_nobody_comes_back_and_is_escalated_from_then()
    {
        await plant.ExecuteAsync("update material set min_stock = null");
        var host = await plant.StartAsync();
        var id = await WaitingAsync(host);
        var grain = Grain<IAlertGrain>(host, id);
        var until = plant.Clock.GetUtcNow().AddHours(12);
        Assert.Equal("validation", (await grain.Shelve(plant.Clock.GetUtcNow().AddDays(8), null, Ana)).Refused());
        Assert.Equal("validation", (await grain.Shelve(plant.Clock.GetUtcNow().AddSeconds(-1), null, Ana)).Refused());
        var shelved = (await grain.Shelve(until, "llega mañana", Ana)).Ok();
        Assert.Equal(("active", until, "ana"), (shelved.State, shelved.ShelvedUntil, shelved.ShelvedBy));
        Assert.Empty(await new AlertQueries(plant.Database).UnattendedAsync());
        await RoundAfterAsync(host, TimeSpan.FromHours(11));
        Assert.Equal("Supervisor", (await AlertAsync("order-waiting")).Role);
        await RoundAfterAsync(host, TimeSpan.FromHours(1.1));
        var back = await AlertAsync("order-waiting");
        Assert.Equal((null, null, "Supervisor"), (back.ShelvedUntil, back.EscalatedAt, back.Role));
        await RoundAfterAsync(host, TimeSpan.FromHours(7.9));
        Assert.Equal("Supervisor", (await AlertAsync("order-waiting")).Role);
        await RoundAfterAsync(host, TimeSpan.FromHours(0.2));
        Assert.Equal("ProductionManager", (await AlertAsync("order-waiting")).Role);
        (await grain.Shelve(plant.Clock.GetUtcNow().AddHours(1), null, Ana)).Ok();
        var brought = (await grain.Unshelve(Ana)).Ok();
        Assert.Null(brought.ShelvedUntil);
        (await grain.Acknowledge(null, Ana)).Ok();
        Assert.Equal("invalid-state", (await grain.Shelve(plant.Clock.GetUtcNow().AddHours(1), null, Ana)).Refused());
    }

    [Fact]
    public async Task What_fell_due_while_no_host_was_up_is_escalated_without_a_hand()
    {
        var host = await plant.StartAsync();
        await WaitingAsync(host);
        await plant.StopAsync(host);
        plant.Clock.Advance(TimeSpan.FromHours(9));
        await plant.StartAsync();
        await UntilAsync(
            async () => (await AlertAsync("order-waiting")).Role == "ProductionManager",
            "the alert goes to the next role"
        );
    }

    [Fact]
    public async Task What_only_happened_ends_a_day_after_it_was_taken()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "W-1", "WOOD", 25, plant.Today.AddDays(20));
        await LotAsync(host, "x", "SCREW", 1000);
        var order = await plant.OrderAsync(host, 4);
        (await Grain<IProductionOrderGrain>(host, order).Reserve(Ana)).Ok();
        await Grain<IRoundsGrain>(host, IRoundsGrain.Key).Expire(plant.Today.AddDays(20));
        var alert = await AlertAsync("lot-expired");
        (await Grain<IAlertGrain>(host, Id(alert)).Acknowledge("visto", Ana)).Ok();
        await RoundAfterAsync(host, TimeSpan.FromHours(23));
        Assert.Equal("acknowledged", (await AlertAsync("lot-expired")).State);
        await RoundAfterAsync(host, TimeSpan.FromHours(2));
        Assert.Equal(("cleared", "visto"), ((await AlertAsync("lot-expired")).State, (await AlertAsync("lot-expired")).Note));
    }

    [Fact]
    public async Task A_role_is_told_by_mail_once_of_all_that_is_new_and_the_next_one_when_it_is_escalated()
    {
        plant.Mail = new MailOptions(folder)
        {
            Poll = TimeSpan.FromMilliseconds(50),
            Alerts = new(
                new Dictionary<string, IReadOnlyList<string>>
                {
                    ["Supervisor"] = ["turno@fabrica.example"],
                    ["ProductionManager"] = ["jefe@fabrica.example"],
                },
                AlertSeverity.Warning
            ),
        };
        var host = await plant.StartAsync();
        for (var i = 0; i < 3; i++)
            await WaitingAsync(host, 3 + i);
        await RoundAfterAsync(host, TimeSpan.FromMinutes(1));
        // A round of the clock may have come between; each alert is told once all the same.
        var told = await MailsAsync("turno");
        Assert.InRange(told, 1, 4);
        await RoundAfterAsync(host, TimeSpan.FromMinutes(1));
        Assert.Equal((told, 0L), (await MailsAsync("turno"), await MailsAsync("jefe")));
        Assert.Equal(0, await plant.AskAsync<long>("select count(*) from alert where mailed_role is distinct from 'Supervisor'"));
        await RoundAfterAsync(host, TimeSpan.FromHours(8));
        var escalated = await MailsAsync("jefe");
        Assert.InRange(escalated, 1, 4);
        await RoundAfterAsync(host, TimeSpan.FromMinutes(1));
        Assert.Equal((told, escalated), (await MailsAsync("turno"), await MailsAsync("jefe")));
        await UntilAsync(
            async () =>
                await plant.AskAsync<long>(
                    "select count(*) from outgoing_mail where recipient like 'jefe@%' and body like '%Escalada%' and state = 'sent'"
                ) == escalated,
            "the manager is told of what was escalated"
        );
    }

    private Task<long> MailsAsync(string to) =>
        plant.AskAsync<long>($"select count(*) from outgoing_mail where recipient = '{to}@fabrica.example'");

    /// <summary>An order that waits for material, with its alert.</summary>
    private async Task<string> WaitingAsync(IHost host, decimal quantity = 3)
    {
        var before = (await plant.AlertsAsync("order-waiting")).Count;
        var order = await plant.OrderAsync(host, quantity);
        (await Grain<IProductionOrderGrain>(host, order).Reserve(Ana)).Ok();
        await UntilAsync(async () => (await plant.AlertsAsync("order-waiting")).Count == before + 1, $"{order} waits");
        return Id((await plant.AlertsAsync("order-waiting"))[0]);
    }

    private async Task RoundAfterAsync(IHost host, TimeSpan time)
    {
        plant.Clock.Advance(time);
        await Grain<IRoundsGrain>(host, IRoundsGrain.Key).Wake();
    }

    private Task StandsAsync(string kind, string subject) =>
        UntilAsync(
            async () => (await plant.AlertsAsync(kind)) is [{ State: "active" } alert] && alert.Subject == subject,
            $"{kind} of {subject}"
        );

    private async Task<AlertRow> AlertAsync(string kind) => Assert.Single(await plant.AlertsAsync(kind));

    private static string Id(AlertRow alert) => alert.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
