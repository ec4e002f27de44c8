using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Domain.Requisitions;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Interfaces.Requisitions;
using Manufactura.Grains.Requisitions;

namespace Manufactura.Grains.ProductionOrders;

public sealed partial class ProductionOrderGrain
{
    private static readonly Refusal NothingToAsk = new(
        "nothing-to-requisition",
        RefusalKind.Rule,
        "A la orden no le falta nada que no se haya pedido ya.",
        "The order lacks nothing that has not been asked for already."
    );

    public Task<Answer<OrderRequisitions>> RequisitionLacks(CommandContext context) =>
        Handle<OrderRequisitions>(
            context,
            async current =>
            {
                if (!current.IsOpen)
                    return ClosedOrder;
                var lacking = await LackingAsync(current);
                if (lacking.IsEmpty)
                    return NothingToAsk;
                var materialOf = await MaterialsOf(current);
                var cause = new RequisitionCause(current.SalesOrder, Number, current.DueDate);
                var made = await requisitions.MakeAsync(lacking, cause, materialOf, context.Actor);
                // Under the order's version: two who ask at once would ask twice.
                var next = current with
                {
                    UpdatedAt = clock.Now,
                    Version = current.Version + 1,
                };
                var work = NewWork(context);
                work.Update(current, next);
                work.Add(OrderEvents.Changed(next, context.Actor));
                foreach (var (requisition, mail) in made)
                    work.Insert(requisition, mail, context.Actor, next.UpdatedAt);
                var answer = new OrderRequisitions([.. made.Select(m => RequisitionView.Of(m.Requisition))]);
                return new Change<ProductionOrder, OrderRequisitions>(next, work, answer);
            }
        );

    /// <summary>What it waits for and nobody has been asked for; a sale's requisitions are for all its orders together.</summary>
    private async Task<ImmutableArray<(string Material, decimal Quantity)>> LackingAsync(ProductionOrder current)
    {
        if (!current.AwaitsMaterials)
            return [];
        IReadOnlyList<ProductionOrder> together = current.SalesOrder is { } sale
            ? await orders.LoadManyAsync(await supply.OrdersOfSaleAsync(sale))
            : [current];
        var asked = await supply.AskedAsync(Number, current.SalesOrder);
        var inAll = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var one in together.Where(o => o is { IsOpen: true, AwaitsMaterials: true }))
        foreach (var (material, quantity) in await MissingAsync(one))
            inAll[material] = inAll.GetValueOrDefault(material) + quantity;
        return RequisitionRules.NotAsked(
            await MissingAsync(current),
            m => inAll.GetValueOrDefault(m),
            m => asked.GetValueOrDefault(m)
        );
    }

    private async Task<ImmutableArray<(string Material, decimal Quantity)>> MissingAsync(ProductionOrder of)
    {
        var materialOf = await MaterialsOf(of);
        return
        [
            .. ReserveMaterials
                .Needs(of, c => materialOf(c).Precision)
                .Where(n => n.Missing > 0)
                .Select(n => (n.Component, n.Missing)),
        ];
    }
}
