using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Matrices;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>
/// All that undoing an explosion changes: the order with its cells outstanding again, the orders that are cancelled (its
/// partial orders and the backorder that came of it), finished orders above that are open again, and the stock.
/// <paramref name="StandingEntry"/> is the entry of the explosion, which nobody reverses.
/// </summary>
public sealed record UndoneExplosion(
    ProductionOrder Order,
    ImmutableArray<ProductionOrder> Cancelled,
    ImmutableArray<ProductionOrder> Reopened,
    ImmutableArray<Allocation> TakenBack,
    ImmutableArray<Lot> Lots,
    ImmutableArray<RecordedMovement> Withdrawn,
    ImmutableArray<string> VanishedLots,
    ImmutableArray<Text> Messages,
    ImmutableArray<Text> Warnings,
    string? StandingEntry
);

/// <summary>
/// Takes the last "Producir Lotes" of an order back under the rule of cancelling. Consumed quantities return to their lots,
/// free for anybody; what the backorder had reserved comes back to the order.
/// </summary>
public static class UndoExplosion
{
    /// <param name="children">All orders whose parent is <paramref name="order"/>.</param>
    /// <param name="ancestors">Its parent, that one's parent …, when it is itself a backorder.</param>
    /// <param name="entryOf">The entry booked for the explosion of this first partial order, if any; it is not reversed.</param>
    public static Decision<UndoneExplosion> Decide(
        ProductionOrder order,
        Material product,
        IReadOnlyCollection<ProductionOrder> children,
        IEnumerable<ProductionOrder> ancestors,
        ProductionStock stock,
        Func<string, string?> entryOf,
        DateOnly today,
        string by,
        DateTimeOffset at
    )
    {
        var partials = LastExplosion(children);
        if (order is not { Status: OrderStatus.InProgress or OrderStatus.Done, Matrix: not null } || partials.IsEmpty)
            return Refusal.State(
                $"La orden {order.Number} no tiene una producción de lotes que deshacer.",
                $"Order {order.Number} has no production of lots to undo."
            );
        var backorder = children.FirstOrDefault(o => o is { Kind: OrderKind.Backorder, Status: not OrderStatus.Cancelled });
        if (backorder is not null && !IsUntouched(order, backorder))
            return Refusal.State(
                $"La orden residual {backorder.Number} ya se empezó o se dividió: no se puede deshacer la producción.",
                $"Backorder {backorder.Number} was already started or split: the production cannot be undone."
            );
        var numbers = partials.Select(p => p.Number).ToHashSet(StringComparer.Ordinal);
        var withdrawal = WithdrawProduction.Decide(numbers, stock, today);
        if (withdrawal.Refusal is { } used)
            return used;
        var changes = withdrawal.Outcome;
        ImmutableArray<Allocation> takenBack = backorder is null ? [] : Allocations.Reserved(backorder.Allocations);
        ImmutableArray<ProductionOrder> cancelled =
        [
            .. partials.Select(p => CancelOrder.Cancelled(p, by, at)),
            .. backorder is null ? [] : (ProductionOrder[])[CancelOrder.Cancelled(backorder with { Allocations = [] }, by, at)],
        ];
        return new UndoneExplosion(
            Restore(order, product, backorder, numbers, stock, changes, takenBack, by, at),
            cancelled,
            [.. ancestors.Where(a => a is { Status: OrderStatus.Done, Moved: > 0 }).Select(a => Reopen(a, at))],
            takenBack,
            OneWriteEach(stock, changes),
            changes.Movements,
            changes.Vanished,
            [
                OrderMessages.MovementsRemoved(changes.Movements.Length),
                OrderMessages.ExplosionUndone(order.Number, partials.Length),
            ],
            entryOf(partials[0].Number) is { } entry ? [OrderMessages.EntriesNotReversed([entry])] : [],
            entryOf(partials[0].Number)
        );
    }

    /// <summary>The partial orders of the latest explosion that still stand: all were created at its moment.</summary>
    private static ImmutableArray<ProductionOrder> LastExplosion(IEnumerable<ProductionOrder> children)
    {
        var standing = children.Where(o => o is { Kind: OrderKind.Partial, Status: not OrderStatus.Cancelled }).ToArray();
        if (standing.Length == 0)
            return [];
        var last = standing.Max(o => o.CreatedAt);
        return [.. standing.Where(o => o.CreatedAt == last).OrderBy(o => o.Number, StringComparer.Ordinal)];
    }

    private static bool IsUntouched(ProductionOrder order, ProductionOrder backorder) =>
        backorder is { Status: OrderStatus.Planned, Produced: 0, Moved: 0, Partials: 0 } && backorder.Quantity == order.Moved;

    private static ProductionOrder Restore(
        ProductionOrder order,
        Material product,
        ProductionOrder? backorder,
        HashSet<string> partials,
        ProductionStock stock,
        Withdrawal changes,
        ImmutableArray<Allocation> takenBack,
        string by,
        DateTimeOffset at
    )
    {
        var made = stock.Lots.Where(l => partials.Contains(l.Code)).ToArray();
        var cells = order.Matrix!.Cells.Select(c =>
        {
            var produced = made.Where(l => IsOf(l, product, c)).Sum(l => l.Quantity);
            var moved = backorder?.Matrix?.Find(c.X, c.Y)?.Planned ?? 0;
            return produced == 0 && moved == 0
                ? c
                : c with
                {
                    Produced = c.Produced - produced,
                    Moved = c.Moved - moved,
                    Version = c.Version + 1,
                    SetBy = by,
                    SetAt = at,
                };
        });
        var all = order.Allocations;
        foreach (var (_, m) in changes.Movements.Where(m => m.Movement.Type == MovementType.ProductionOut))
            all = Allocations.Turn(
                all,
                new(m.Lot, m.Material, -m.Quantity, AllocationState.Consumed),
                -m.Quantity,
                AllocationState.Released
            );
        foreach (var a in takenBack)
            all = Allocations.Add(all, a.Lot, a.Material, a.Quantity, AllocationState.Reserved);
        return Reopen(order, at) with
        {
            Matrix = order.Matrix with { State = MatrixState.Progress, Cells = [.. cells] },
            Produced = order.Produced - made.Sum(l => l.Quantity),
            Moved = order.Moved - (backorder?.Quantity ?? 0),
            Allocations = all,
        };
    }

    private static bool IsOf(Lot lot, Material product, Cell cell) =>
        product is { XAttribute: { } x, YAttribute: { } y }
        && lot.Attributes.GetValueOrDefault(x) == cell.X
        && lot.Attributes.GetValueOrDefault(y) == cell.Y;

    private static ProductionOrder Reopen(ProductionOrder order, DateTimeOffset at) =>
        order with
        {
            Status = OrderStatus.InProgress,
            Matrix = order.Matrix is { } m ? m with { State = MatrixState.Progress } : null,
            FinishedAt = null,
            UpdatedAt = at,
        };

    private static ImmutableArray<Lot> OneWriteEach(ProductionStock stock, Withdrawal changes)
    {
        var versions = stock.Lots.ToDictionary(l => l.Code, l => l.Version);
        return [.. changes.Lots.Select(l => l with { Version = versions[l.Code] + 1 })];
    }
}
