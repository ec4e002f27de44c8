using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Alerts;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Domain.Requisitions;
using Manufactura.Domain.Sales;
using Manufactura.Grains.Alerts;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Requisitions;
using Manufactura.Grains.Interfaces.Sales;
using Manufactura.Grains.ProductionOrders;
using Manufactura.Grains.Requisitions;
using Manufactura.Storage;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Grains.Sales;

public sealed partial class SalesOrderGrain
{
    public Task<Answer<SalesOrderView>> Confirm(CommandContext context) =>
        log.CarryOutAsync<SalesOrderView>(
            context,
            async draft =>
            {
                if (await FindAsync() is not { } sale)
                    return NotFound();
                var products = await materials.GetAsync([.. sale.Lines.Select(l => l.Material).Distinct()]);
                var confirmed = SalesRules.Confirm(sale, m => products[m]);
                if (confirmed.Refusal is { } refusal)
                    return refusal;
                var made = await MakeOrdersAsync(confirmed.Outcome, m => products[m], context.Actor);
                if (made.Refusal is { } bad)
                    return bad;
                var holds = new GroupHolds(GrainFactory);
                draft.Settle = holds.EndAsync;
                try
                {
                    return await ConfirmAsync(draft.Work, sale, confirmed.Outcome.Sale, made.Outcome, holds, context.Actor);
                }
                catch
                {
                    await holds.EndAsync(null);
                    throw;
                }
            }
        );

    /// <summary>Everything that follows from the confirmation, as one unit of work.</summary>
    private async Task<SalesOrderView> ConfirmAsync(
        UnitOfWork work,
        SalesOrder before,
        SalesOrder confirmed,
        ImmutableArray<ProductionOrder> drafts,
        GroupHolds holds,
        string actor
    )
    {
        var components = await materials.GetAsync([.. drafts.SelectMany(o => o.BomLines).Select(l => l.Component).Distinct()]);
        var now = clock.Now;
        var (reserved, missing) = await ReserveAsync(drafts, m => components[m], holds, now);
        var requisitions = await requisitionMaker.MakeAsync(
            missing,
            new RequisitionCause(before.Number, null, before.DueDate),
            m => components[m],
            actor
        );
        foreach (var order in reserved)
        {
            work.Insert(order, actor);
            work.UpdateAllocations(order with { Allocations = [] }, order, actor, now);
            if (PlantAlerts.OrderWaiting(order) is { } waits)
                work.RaiseAlert(waits, now);
        }

        foreach (var lot in reserved.SelectMany(o => o.Allocations).GroupBy(a => a.Lot))
            work.Add(new LotChange(lot.Key, 0, lot.Sum(a => a.Quantity), Storage.Commits.Rows.LotUse.Free, clock.Today));
        foreach (var (requisition, mail) in requisitions)
            work.Insert(requisition, mail, actor, now);
        var after = SalesRules.WithOrders(confirmed, [.. reserved.Select(o => o.Number)]);
        var view = SalesRows.View(after, reserved);
        work.Update(before, after, view, actor);
        return view with
        {
            Allocations =
            [
                .. reserved.SelectMany(o =>
                    o.Allocations.Select(a => new SaleAllocationView(o.Number, a.Material, a.Lot, a.Quantity, a.State))
                ),
            ],
            Requisitions = [.. requisitions.Select(r => RequisitionView.Of(r.Requisition))],
        };
    }

    /// <summary>A draft per line, with the newest active recipe of its product.</summary>
    private async Task<Decision<ImmutableArray<ProductionOrder>>> MakeOrdersAsync(
        ConfirmedSale sale,
        Func<string, Material> productOf,
        string actor
    )
    {
        var drawn = await numbers.NextAsync(NumberKind.ProductionOrder, sale.Orders.Length);
        var now = clock.Now;
        var made = ImmutableArray.CreateBuilder<ProductionOrder>(sale.Orders.Length);
        foreach (var (material, request) in sale.Orders)
        {
            var recipe = (await masterData.NewestRecipeAsync(material))?.Recipe;
            var number = NumberKind.ProductionOrder.Text(drawn[made.Count]);
            var order = CreateOrder.Decide(number, request, productOf(material), recipe, null, actor, now);
            if (order.Refusal is { } refusal)
                return refusal;
            made.Add(order.Outcome);
        }

        return made.MoveToImmutable();
    }

    private static async Task<(
        ImmutableArray<ProductionOrder> Orders,
        ImmutableArray<(string Material, decimal Quantity)> Missing
    )> ReserveAsync(
        ImmutableArray<ProductionOrder> drafts,
        Func<string, Material> materialOf,
        GroupHolds holds,
        DateTimeOffset at
    )
    {
        var needs = drafts.ToDictionary(o => o.Number, o => ReserveMaterials.Needs(o, m => materialOf(m).Precision));
        var choices = await holds.TakeAsync(drafts.SelectMany(o => needs[o.Number].Select(n => (o, n))), materialOf);
        var reserved = ImmutableArray.CreateBuilder<ProductionOrder>(drafts.Length);
        var missing = ImmutableArray.CreateBuilder<(string, decimal)>();
        foreach (var order in drafts)
        {
            var reservation = ReserveMaterials
                .Apply(
                    order,
                    [
                        .. needs[order.Number]
                            .Select(n => (n, choices.GetValueOrDefault((order.Number, n.Component)) ?? new([], 0))),
                    ],
                    at
                )
                .Outcome;
            reserved.Add(reservation.Order);
            missing.AddRange(reservation.Missing);
        }

        return (reserved.MoveToImmutable(), missing.ToImmutable());
    }
}
