using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Domain.Sales;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Interfaces.Requisitions;
using Manufactura.Grains.Interfaces.Sales;
using Manufactura.Grains.Tests.Orders;
using Manufactura.Storage.Commits;
using Microsoft.Extensions.DependencyInjection;
using static Manufactura.Grains.Tests.Supply.SupplyPlant;

namespace Manufactura.Grains.Tests.Supply;

/// <summary>The flow of flujo-materia-prima-por-lote, from the sale to the released lot and back.</summary>
public sealed class FlowTests : IAsyncLifetime
{
    private readonly SupplyPlant plant = new();

    public Task InitializeAsync() => plant.InitializeAsync();

    public Task DisposeAsync() => plant.DisposeAsync();

    [Fact]
    public async Task The_whole_flow_from_the_sale_to_the_allocated_lot()
    {
        var host = await plant.StartAsync();
        var due = plant.Today.AddDays(40);
        await LotAsync(host, "W-LATE", "WOOD", 100, plant.Today.AddDays(90));
        await LotAsync(host, "W-SOON", "WOOD", 60, plant.Today.AddDays(20));
        await LotAsync(host, "W-NEAR", "WOOD", 500, plant.Today.AddDays(13));
        await LotAsync(host, "ignored", "SCREW", 100);
        var sale = await plant.SaleAsync(host, due, ("CHAIR", 20), ("SHIRT", 10), ("CHAIR", 30));
        Assert.Equal(0, await plant.AskAsync<long>("select count(*) from production_order"));

        var confirmed = (await sale.Confirm(Ana)).Ok();

        Assert.Equal(SalesStatus.Confirmed, confirmed.Status);
        Assert.Equal("waiting", confirmed.Supply);
        Assert.Equal(3, confirmed.Orders.Length);
        var first = await plant.LoadAsync(confirmed.Orders[0]);
        var shirt = await plant.LoadAsync(confirmed.Orders[1]);
        Assert.Equal((OrderStatus.Draft, due, "B-CHAIR"), (first.Status, first.DueDate, first.Bom));
        Assert.Equal(Domain.Matrices.MatrixState.Pending, shirt.Matrix!.State);
        // First line first: 50 m out of the soonest lot that alone covers it; then 75 m, for which only the later lot is large enough.
        Assert.Equal(
            [("W-SOON", 50m), ("SCREW@BOD", 80m), ("W-LATE", 75m), ("SCREW@BOD", 20m)],
            confirmed.Allocations.Select(a => (a.Lot, a.Quantity))
        );
        // Never merged with others: 100 screws of the third line, 15 m of cloth from a supplier without an address.
        Assert.Equal(
            [("SCREW", 100m, "queued"), ("CLOTH", 15m, "held")],
            confirmed
                .Requisitions.OrderByDescending(r => r.Lines[0].Material)
                .Select(r => (r.Lines[0].Material, r.Lines[0].Quantity, r.Mail))
        );
        Assert.All(
            confirmed.Requisitions,
            r => Assert.Equal((due, sale.GetPrimaryKeyString()), (r.Lines[0].TargetDate, r.SalesOrder))
        );
        Assert.Single(await plant.AlertsAsync("requisition-held"));
        Assert.Equal(1, await plant.AskAsync<long>("select count(*) from outgoing_mail"));
        await plant.HoldsAsync();

        var cloth = confirmed.Requisitions.Single(r => r.Supplier == "TELAS").Number;
        await LotAsync(host, "C-1", "CLOTH", 14, release: false, requisition: cloth);
        Assert.Equal("Open", (await plant.RequisitionAsync(cloth)).Status);
        var lot = Grain<ILotGrain>(host, "C-1");
        Assert.Equal(LotStatus.Quarantine, (await lot.Inspect(InspectionDecision.Keep, "dudoso", "repetir", Ana)).Ok().Status);
        Assert.Equal(LotStatus.Rejected, (await lot.Inspect(InspectionDecision.Reject, "malo", null, Ana)).Ok().Status);
        Assert.Equal("invalid-state", (await lot.Inspect(InspectionDecision.Release, null, null, Ana)).Refused());
        await LotAsync(host, "C-2", "CLOTH", 16, release: false, requisition: cloth);
        Assert.Equal("Received", (await plant.RequisitionAsync(cloth)).Status);
        Assert.True((await plant.LoadAsync(shirt.Number)).AwaitsMaterials);

        (await Grain<ILotGrain>(host, "C-2").Inspect(InspectionDecision.Release, null, null, Ana)).Ok();

        await UntilAsync(async () => !(await plant.LoadAsync(shirt.Number)).AwaitsMaterials, "the waiting order is allocated");
        Assert.Equal(15, Allocations.ReservedOf((await plant.LoadAsync(shirt.Number)).Allocations, "CLOTH"));
        await UntilAsync(
            async () => (await plant.AlertsAsync("order-waiting")).Single(a => a.Subject == shirt.Number).State == "cleared",
            "the alert is cleared"
        );
        await plant.HoldsAsync();
    }

    [Fact]
    public async Task A_sale_is_done_when_its_orders_are()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "W-1", "WOOD", 100);
        await LotAsync(host, "x", "SCREW", 100);
        var sale = await plant.SaleAsync(host, null, ("CHAIR", 2));
        var confirmed = (await sale.Confirm(Ana)).Ok();
        Assert.Equal("ready", confirmed.Supply);
        Assert.Empty(confirmed.Requisitions);
        var order = Grain<IProductionOrderGrain>(host, confirmed.Orders[0]);
        (await order.ConfirmPlanning(Ana)).Ok();
        (await order.Start(Ana)).Ok();
        Assert.Equal("invalid-state", (await sale.Cancel(Ana)).Refused());
        (await order.Finish(Ana)).Ok();
        await UntilAsync(
            async () => await plant.AskAsync<string>("select status from sales_order") == "Done",
            "the sale is done"
        );
        await plant.HoldsAsync();
    }

    [Fact]
    public async Task Cancelling_a_sale_gives_its_lots_back_to_who_waits()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "W-1", "WOOD", 25);
        await LotAsync(host, "x", "SCREW", 80);
        var first = await plant.SaleAsync(host, null, ("CHAIR", 10));
        Assert.Equal("ready", (await first.Confirm(Ana)).Ok().Supply);
        var second = await plant.SaleAsync(host, null, ("CHAIR", 10));
        var waits = (await second.Confirm(Ana)).Ok();
        Assert.Equal("waiting", waits.Supply);

        var cancelled = (await first.Cancel(Ana)).Ok();

        Assert.Equal(SalesStatus.Cancelled, cancelled.Status);
        await UntilAsync(async () => !(await plant.LoadAsync(waits.Orders[0])).AwaitsMaterials, "who waited has it");
        Assert.Equal(25, (await plant.LoadLotAsync("W-1")).Reserved);
        Assert.Equal("invalid-state", (await first.Cancel(Ana)).Refused());
        Assert.Equal("invalid-state", (await first.Confirm(Ana)).Refused());
        await plant.HoldsAsync();
    }

    [Fact]
    public async Task Cancelling_an_order_that_waits_ends_its_alert_also_after_a_quiet_hour()
    {
        var host = await plant.StartAsync();
        var sale = await plant.SaleAsync(host, null, ("CHAIR", 10));
        var waits = (await sale.Confirm(Ana)).Ok().Orders.Single();
        await UntilAsync(async () => (await plant.AlertsAsync("order-waiting")).Count == 1, "the alert stands");
        // So long without an event that the reaction no longer trusts what it remembers.
        await Task.Delay(1500);

        (await Grain<IProductionOrderGrain>(host, waits).Cancel(Ana)).Ok();

        await UntilAsync(
            async () => (await plant.AlertsAsync("order-waiting")).Single().State == "cleared",
            "the alert is cleared"
        );
    }

    [Fact]
    public async Task Over_the_threshold_the_mail_waits_for_the_supervisor()
    {
        var host = await plant.StartAsync();
        await LotAsync(host, "W-1", "WOOD", 10_000);
        var sale = await plant.SaleAsync(host, null, ("CHAIR", 251));
        var made = (await sale.Confirm(Ana)).Ok().Requisitions.Single();
        Assert.Equal(("AwaitingApproval", "held"), (made.Status.ToString(), made.Mail));
        Assert.Equal("active", (await plant.AlertsAsync("requisition-threshold")).Single().State);
        Assert.Equal(0, await plant.AskAsync<long>("select count(*) from outgoing_mail"));
        var requisition = Grain<IRequisitionGrain>(host, made.Number);
        Assert.Equal("invalid-state", (await requisition.Confirm(Ana)).Refused());

        Assert.Equal("queued", (await requisition.Approve(Ana)).Ok().Mail);

        Assert.Equal("cleared", (await plant.AlertsAsync("requisition-threshold")).Single().State);
        Assert.Equal(1, await plant.AskAsync<long>("select count(*) from outgoing_mail where state = 'queued'"));
        Assert.Equal("invalid-state", (await requisition.Approve(Ana)).Refused());
        Assert.Equal("Confirmed", (await requisition.Confirm(Ana)).Ok().Status.ToString());
        Assert.Equal("held", (await requisition.Cancel(Ana)).Ok().Mail);
        Assert.Equal(0, await plant.AskAsync<long>("select count(*) from outgoing_mail where state = 'queued'"));
    }

    [Fact]
    public async Task The_same_confirmation_sent_twice_answers_the_same()
    {
        var host = await plant.StartAsync();
        var sale = await plant.SaleAsync(host, null, ("CHAIR", 1));
        var context = Workshop.By("ana", "confirm", "key-1");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sale.Confirm(context)));
        Assert.Single(answers.Select(a => a.Ok().Orders.Single()).Distinct());
        Assert.Equal(1, await plant.AskAsync<long>("select count(*) from production_order"));
        Assert.Equal(2, await plant.AskAsync<long>("select count(*) from requisition"));
    }

    [Fact]
    public async Task What_a_sale_lost_with_a_lot_and_no_other_lot_makes_up_for_is_asked_for_once()
    {
        var host = await plant.StartAsync();
        var due = plant.Today.AddDays(40);
        await LotAsync(host, "W-1", "WOOD", 30, plant.Today.AddDays(60));
        await LotAsync(host, "W-2", "WOOD", 10, plant.Today.AddDays(90));
        await LotAsync(host, "x", "SCREW", 100);
        var sale = await plant.SaleAsync(host, due, ("CHAIR", 10));
        var sold = (await sale.Confirm(Ana)).Ok();
        Assert.Equal(("ready", 0), (sold.Supply, sold.Requisitions.Length));
        var byHand = await plant.OrderAsync(host, 2, due.AddDays(1));
        (await Grain<IProductionOrderGrain>(host, byHand).Reserve(Ana)).Ok();

        (await Grain<ILotGrain>(host, "W-1").Scrap(30, "incendio", Ana)).Ok();

        await UntilAsync(async () => await plant.AskAsync<long>("select count(*) from requisition") > 0, "the supplier is asked");
        await UntilAsync(
            async () =>
                (await plant.AlertsAsync("lot-lost")).SingleOrDefault()?.TextEs.Contains("Ahora", StringComparison.Ordinal)
                == true,
            "the alert says what they have now"
        );
        // 10 m of the other lot went to the sale; who reserved by hand asks by hand.
        Assert.Equal(
            $"{sale.GetPrimaryKeyString()} {sold.Orders[0]} WOOD 15 {due:yyyy-MM-dd}",
            await plant.AskAsync<string>(
                "select string_agg(concat_ws(' ', r.sales_order, r.production_order, l.material, trim_scale(l.quantity), l.target_date), ', ')"
                    + " from requisition r join requisition_line l on l.requisition = r.number"
            )
        );
        await plant.HoldsAsync();
    }

    [Fact]
    public async Task A_repetition_is_not_refused_for_what_its_first_try_did_while_it_was_asked()
    {
        var first = await plant.StartAsync();
        LateLog? late = null;
        plant.Extras = services => services.AddSingleton<ICommitLog>(s => late = new LateLog(s.GetRequiredService<CommitLog>()));
        var second = await plant.StartAsync();
        var sale = await plant.SaleAsync(first, null, ("CHAIR", 1));
        var context = Workshop.By("ana", "confirm", "key-1");
        var again = Grain<ISalesOrderGrain>(second, sale.GetPrimaryKeyString());
        late!.Meanwhile = async () => (await sale.Confirm(context)).Ok();

        var repeated = (await again.Confirm(context)).Ok();

        Assert.Equal(SalesStatus.Confirmed, repeated.Status);
        Assert.Equal(1, await plant.AskAsync<long>("select count(*) from production_order"));
        Assert.Null(late.Meanwhile);
    }

    /// <summary>The real log, but something lands right after it was first asked for a key.</summary>
    private sealed class LateLog(ICommitLog log) : ICommitLog
    {
        public Func<Task>? Meanwhile { get; set; }

        public Task<CommitResult> CommitAsync(UnitOfWork unit, CancellationToken ct = default) => log.CommitAsync(unit, ct);

        public async Task<CommitResult.Known?> FindAsync(CommandKey key, CancellationToken ct = default)
        {
            var found = await log.FindAsync(key, ct);
            if (Meanwhile is { } meanwhile)
            {
                Meanwhile = null;
                await meanwhile();
            }

            return found;
        }
    }
}
