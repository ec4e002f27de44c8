using System.Collections.Immutable;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Lines;

/// <summary>
/// A split taken back: <paramref name="Order"/> has all again, <paramref name="Closed"/> is the split order, cancelled, with
/// everything it had counted as moved so that its units are not counted twice.
/// </summary>
public sealed record Reunion(ProductionOrder Order, ProductionOrder Closed);

/// <summary>"Deshacer división": merges an order back into the one it was divided from, while neither has started.</summary>
public static class UndoSplit
{
    /// <param name="order">The order that <paramref name="split"/> came from.</param>
    public static Decision<Reunion> Decide(ProductionOrder order, ProductionOrder split, string by, DateTimeOffset at)
    {
        if (split.Kind != OrderKind.Split || split.Parent != order.Number)
            return Refusal.State(
                $"La orden {split.Number} no se dividió desde {order.Number}.",
                $"Order {split.Number} was not divided from {order.Number}."
            );
        if (Started(order) is { } first)
            return first;
        if (Started(split) is { } second)
            return second;
        if (!SameMatrix(order.Matrix, split.Matrix))
            return Refusal.State(
                $"Las matrices de {order.Number} y {split.Number} ya no tienen el mismo estado y los mismos valores.",
                $"The matrices of {order.Number} and {split.Number} no longer have the same state and values."
            );
        var reserved = split.Allocations.Where(a => a.State == AllocationState.Reserved);
        var whole = order with
        {
            Quantity = (order.Quantity + split.Quantity).Plain(),
            Matrix = order.Matrix is { } m ? Joined(m, split.Matrix!, by, at) : null,
            Allocations = SplitAllocations.Join(order.Allocations, reserved),
            // The line was given the part that fits it, not the whole.
            Line = null,
            LinePosition = null,
            AwaitsMaterials = order.AwaitsMaterials || split.AwaitsMaterials,
            UpdatedAt = at,
        };
        return new Reunion(whole, Emptied(split, order.Number, by, at));
    }

    private static Refusal? Started(ProductionOrder order) =>
        order.Status is OrderStatus.Draft or OrderStatus.Planned
            ? null
            : Refusal.State(
                $"La orden {order.Number} ya se inició o se cerró: la división no se puede deshacer.",
                $"Order {order.Number} was started or closed: the division cannot be undone."
            );

    private static bool SameMatrix(Matrix? a, Matrix? b) =>
        (a, b) switch
        {
            (null, null) => true,
            ({ } x, { } y) => x.State == y.State && x.X.SequenceEqual(y.X) && x.Y.SequenceEqual(y.Y),
            _ => false,
        };

    private static Matrix Joined(Matrix matrix, Matrix added, string by, DateTimeOffset at)
    {
        var cells = ImmutableArray.CreateBuilder<Cell>(matrix.Cells.Length);
        foreach (var (cell, more) in matrix.Cells.Zip(added.Cells))
            cells.Add(
                more.Planned == 0 && more.ToProduce == 0
                    ? cell
                    : cell with
                    {
                        Planned = (cell.Planned + more.Planned).Plain(),
                        ToProduce = (cell.ToProduce + more.ToProduce).Plain(),
                        Version = cell.Version + 1,
                        SetBy = by,
                        SetAt = at,
                    }
            );
        return matrix with { Cells = cells.MoveToImmutable() };
    }

    private static ProductionOrder Emptied(ProductionOrder split, string into, string by, DateTimeOffset at)
    {
        var note = $"Reunida con OP {into}";
        return split with
        {
            Status = OrderStatus.Cancelled,
            Moved = split.Quantity,
            Matrix = split.Matrix is { } m
                ? m with
                {
                    Cells =
                    [
                        .. m.Cells.Select(c =>
                            c.Planned == 0 && c.ToProduce == 0
                                ? c
                                : c with
                                {
                                    ToProduce = 0,
                                    Moved = c.Planned,
                                    Version = c.Version + 1,
                                    SetBy = by,
                                    SetAt = at,
                                }
                        ),
                    ],
                }
                : null,
            Allocations = [.. split.Allocations.Where(a => a.State != AllocationState.Reserved)],
            Line = null,
            LinePosition = null,
            AwaitsMaterials = false,
            Observations = split.Observations is { } text ? $"{text}\n{note}" : note,
            UpdatedAt = at,
        };
    }
}
