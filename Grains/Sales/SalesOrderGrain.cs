using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Alerts;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Domain.Sales;
using Manufactura.Grains.Alerts;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Sales;
using Manufactura.Grains.Materials;
using Manufactura.Grains.ProductionOrders;
using Manufactura.Grains.Requisitions;
using Manufactura.Storage;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using Orleans.Runtime;

namespace Manufactura.Grains.Sales;

/// <summary>The life of one sale: nothing happens in the plant before it is confirmed, then everything at once.</summary>
[GrainType("sales-order")]
public sealed partial class SalesOrderGrain(
    SalesQueries sales,
    OrderReader orders,
    LotReader lots,
    SupplyReader supply,
    MaterialCache materials,
    MaterialReader masterData,
    MasterReader master,
    INumbers numbers,
    RequisitionMaker requisitionMaker,
    ICommitLog log,
    PlantClock clock
) : Grain, ISalesOrderGrain
{
    private string Number => this.GetPrimaryKeyString();

    public Task<Answer<SalesOrderView>> Create(CreateSalesOrderCommand command, CommandContext context) =>
        log.CarryOutAsync<SalesOrderView>(
            context,
            async draft =>
            {
                if (await master.FindAsync(MasterTable.Customer, command.Customer) is null)
                    return MasterRules.Unknown("customer", command.Customer);
                var known = await materials.GetAsync([.. command.Lines.Select(l => l.Material).Distinct()]);
                var created = SalesRules.Create(
                    Number,
                    command.Customer,
                    command.DueDate,
                    [.. command.Lines.Select(l => (l.Material, l.Quantity))],
                    known.GetValueOrDefault,
                    context.Actor,
                    clock.Now
                );
                if (created.Refusal is { } refusal)
                    return refusal;
                draft.Work.Insert(created.Outcome, context.Actor);
                return SalesOrderView.Of(created.Outcome, [], Supply.Ready);
            }
        );

    public Task<Answer<SalesOrderView>> Cancel(CommandContext context) =>
        log.CarryOutAsync<SalesOrderView>(
            context,
            async draft =>
            {
                if (await FindAsync() is not { } sale)
                    return NotFound();
                var made = await OrdersAsync();
                var decision = SalesRules.Cancel(sale, made);
                if (decision.Refusal is { } refusal)
                    return refusal;
                var closed = await CloseAsync(draft.Work, made, decision.Outcome.OrdersToCancel, context.Actor);
                if (closed.Refusal is { } stays)
                    return stays;
                var after = decision.Outcome.Sale;
                var view = SalesRows.View(after, closed.Outcome);
                draft.Work.Update(sale, after, view, context.Actor);
                return view;
            }
        );

    public async Task OrdersChanged()
    {
        // Comes from the feed, perhaps twice and perhaps late: what is true now counts.
        var answer = await log.CarryOutAsync<SalesOrderView>(
            new("system"),
            async draft =>
            {
                if (await FindAsync() is not { } sale)
                    return NotFound();
                var made = await OrdersAsync();
                if (SalesRules.AfterOrdersChanged(sale, made) is not { } done)
                    return SalesRows.View(sale, made);
                var view = SalesRows.View(done, made);
                draft.Work.Update(sale, done, view, "system");
                return view;
            }
        );
        if (answer.Problem is { Code: not "not-found" } problem)
            throw new InvalidOperationException($"{Number}: {problem.En}");
    }

    /// <summary>The orders of the sale as they are after these have been cancelled; none of them has produced anything.</summary>
    private async Task<Decision<ImmutableArray<ProductionOrder>>> CloseAsync(
        UnitOfWork work,
        ImmutableArray<ProductionOrder> made,
        ImmutableArray<string> toCancel,
        string actor
    )
    {
        var now = clock.Now;
        var after = made.ToBuilder();
        for (var i = 0; i < made.Length; i++)
        {
            var before = made[i];
            if (!toCancel.Contains(before.Number))
                continue;
            var reserved = Allocations.Reserved(before.Allocations);
            var stock = new ProductionStock([.. await lots.LoadAsync([.. reserved.Select(a => a.Lot)])], [], []);
            var cancelled = CancelOrder.Decide(before, [], stock, [], clock.Today, actor, now);
            if (cancelled.Refusal is { } refusal)
                return refusal;
            after[i] = cancelled.Outcome.Orders[0] with { Version = before.Version + 1 };
            work.Update(before, after[i]);
            work.UpdateAllocations(before, after[i], actor, now);
            work.Release(cancelled.Outcome.Released.Select(r => (r.Lot, r.Quantity)), clock.Today);
            work.Add(OrderEvents.Changed(after[i], actor));
            work.AddCells(after[i], OrderRows.ChangedCells(before, after[i]), actor);
            work.Clear(AlertKind.OrderWaitingForMaterial, before.Number, now);
        }

        return after.ToImmutable();
    }

    private async Task<SalesOrder?> FindAsync() => await sales.SalesOrderAsync(Number) is { } row ? SalesRows.Of(row) : null;

    /// <summary>All production orders of the sale, split ones and backorders too, oldest first.</summary>
    private async Task<ImmutableArray<ProductionOrder>> OrdersAsync() =>
        [.. (await orders.LoadManyAsync(await supply.OrdersOfSaleAsync(Number))).Reverse()];

    private Refusal NotFound() => Refusal.NotFound($"la venta {Number}") with { En = $"Sale {Number} does not exist." };
}
