using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Matrices;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>
/// All that cancelling changes, written in one step or not at all: the orders that become Cancelled (the one asked for
/// first), the lots as they are afterwards, the movements that no longer count, the reservations that are released.
/// </summary>
public sealed record Cancellation(
    ImmutableArray<ProductionOrder> Orders,
    ImmutableArray<Lot> Lots,
    ImmutableArray<RecordedMovement> Withdrawn,
    ImmutableArray<string> VanishedLots,
    ImmutableArray<ReleasedAllocation> Released,
    ImmutableArray<Text> Messages,
    ImmutableArray<Text> Warnings
);

/// <summary>"Cancelar" (modulo-manufactura): any status → Cancelled, which is final, with everything taken back.</summary>
public static class CancelOrder
{
    /// <param name="order">The order asked for; a partial order is not cancelled by itself.</param>
    /// <param name="descendants">All its orders below, to any depth; only partial orders and the backorder chain go with it.</param>
    /// <param name="journalEntries">Numbers of the entries booked for them; they are not reversed.</param>
    public static Decision<Cancellation> Decide(
        ProductionOrder order,
        IEnumerable<ProductionOrder> descendants,
        ProductionStock stock,
        ImmutableArray<string> journalEntries,
        DateOnly today,
        string by,
        DateTimeOffset at
    )
    {
        if (order.Status == OrderStatus.Cancelled)
            return Refusal.State("La orden ya está cancelada.", "The order is already cancelled.");
        if (order.Kind == OrderKind.Partial)
            return Refusal.State(
                $"Una orden parcial no se cancela por sí sola: deshaga la última producción de {order.Parent}.",
                $"A partial order is not cancelled by itself: undo the last production of {order.Parent}."
            );
        var family = Family(order, descendants);
        var withdrawal = WithdrawProduction.Decide(family.Select(o => o.Number).ToHashSet(), stock, today);
        if (withdrawal.Refusal is { } used)
            return used;
        var (orders, lots, released) = Close(family, stock, withdrawal.Outcome, today, by, at);
        var withdrawn = withdrawal.Outcome.Movements;
        return new Cancellation(
            orders,
            lots,
            withdrawn,
            withdrawal.Outcome.Vanished,
            released,
            withdrawn.IsEmpty
                ? [OrderMessages.Cancelled(order.Number)]
                : [OrderMessages.MovementsRemoved(withdrawn.Length), OrderMessages.Cancelled(order.Number)],
            journalEntries.IsEmpty ? [] : [OrderMessages.EntriesNotReversed(journalEntries)]
        );
    }

    /// <summary>The order itself as cancelled: nothing of it counts any more, who it handed quantity to stays visible.</summary>
    internal static ProductionOrder Cancelled(ProductionOrder order, string by, DateTimeOffset at) =>
        order with
        {
            Status = OrderStatus.Cancelled,
            Produced = 0,
            Matrix = order.Matrix is { } m ? m with { Cells = [.. m.Cells.Select(c => Emptied(c, by, at))] } : null,
            Allocations = GiveBack(order.Allocations),
            AwaitsMaterials = false,
            UpdatedAt = at,
        };

    internal static (ImmutableArray<ProductionOrder>, ImmutableArray<Lot>, ImmutableArray<ReleasedAllocation>) Close(
        ImmutableArray<ProductionOrder> family,
        ProductionStock stock,
        Withdrawal withdrawal,
        DateOnly today,
        string by,
        DateTimeOffset at
    )
    {
        var changed = withdrawal.Lots.ToDictionary(l => l.Code);
        var released = ImmutableArray.CreateBuilder<ReleasedAllocation>();
        foreach (var order in family)
        foreach (var a in Allocations.Reserved(order.Allocations))
        {
            var lot = changed.GetValueOrDefault(a.Lot) ?? stock.Lots.First(l => l.Code == a.Lot);
            changed[a.Lot] = LotStock.Unreserve(lot, a.Quantity, today);
            released.Add(new(order.Number, a.Lot, a.Quantity));
        }

        // A lot touched several times is still one write: its version rises once.
        ImmutableArray<Lot> lots =
        [
            .. stock.Lots.Where(l => changed.ContainsKey(l.Code)).Select(l => changed[l.Code] with { Version = l.Version + 1 }),
        ];
        return ([.. family.Select(o => Cancelled(o, by, at))], lots, released.ToImmutable());
    }

    private static Cell Emptied(Cell cell, string by, DateTimeOffset at) =>
        cell is { Produced: 0, ToProduce: 0 }
            ? cell
            : cell with
            {
                Produced = 0,
                ToProduce = 0,
                Version = cell.Version + 1,
                SetBy = by,
                SetAt = at,
            };

    private static ImmutableArray<ProductionOrder> Family(ProductionOrder order, IEnumerable<ProductionOrder> descendants)
    {
        var children = descendants
            .Where(o => o.Kind is OrderKind.Partial or OrderKind.Backorder && o.Parent is not null)
            .ToLookup(o => o.Parent!);
        var family = ImmutableArray.CreateBuilder<ProductionOrder>();
        var next = new Queue<ProductionOrder>([order]);
        while (next.TryDequeue(out var one))
        {
            if (one.Status != OrderStatus.Cancelled)
                family.Add(one);
            foreach (var child in children[one.Number].OrderBy(o => o.Number, StringComparer.Ordinal))
                next.Enqueue(child);
        }

        return family.ToImmutable();
    }

    private static ImmutableArray<Allocation> GiveBack(ImmutableArray<Allocation> all) =>
        all.Where(a => a.State != AllocationState.Released)
            .Aggregate(all, (rest, a) => Allocations.Turn(rest, a, a.Quantity, AllocationState.Released));
}
