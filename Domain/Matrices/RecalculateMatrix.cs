using System.Collections.Immutable;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Matrices;

/// <summary>
/// "Recalcular Matriz": the total over the rows, each row over the curve, both by largest remainder. Only while pending;
/// overwrites edits made by hand.
/// </summary>
public static class RecalculateMatrix
{
    /// <param name="order">Its quantity is divided; the versions of its present cells go on rising.</param>
    /// <param name="layout">A matrix at zero with other values and curve, or the order's own to keep values and curve.</param>
    /// <param name="precision">Decimals of the product's unit, 0 to 3.</param>
    public static Decision<Matrix> Decide(ProductionOrder order, Matrix layout, int precision, string by, DateTimeOffset at)
    {
        if (order.Matrix is not { } matrix)
            return MatrixRules.NoMatrix(order);
        if (MatrixRules.Closed(order) is { } closed)
            return closed;
        if (matrix.State != MatrixState.Pending)
            return Refusal.State(
                "La matriz solo se recalcula mientras está Pendiente.",
                "The matrix is recalculated only while it is pending."
            );
        if (layout.X.IsEmpty || layout.Y.IsEmpty)
            return Refusal.Validation(
                "Elija al menos un valor en cada eje antes de recalcular.",
                "Choose at least one value on each axis before recalculating."
            );
        if (MatrixRules.MissingProportion(layout) is { } missing)
            return missing;

        int[] weights = [.. layout.Y.Select(y => y.Proportion!.Value)];
        var rows = LargestRemainder.SplitEvenly(order.Quantity, layout.X.Length, precision);
        var version = NextVersion(matrix, layout);
        var cells = ImmutableArray.CreateBuilder<Cell>(layout.Cells.Length);
        for (var r = 0; r < layout.X.Length; r++)
        {
            var shares = LargestRemainder.Split(rows[r], weights, precision);
            for (var c = 0; c < weights.Length; c++)
            {
                var (x, y) = (layout.X[r], layout.Y[c].Value);
                cells.Add(Planned(matrix.Find(x, y), x, y, shares[c], version, by, at));
            }
        }

        return layout with
        {
            State = MatrixState.Pending,
            Cells = cells.MoveToImmutable(),
        };
    }

    /// <summary>
    /// Where the values changed, every cell goes on above the highest version there was: a cell that is dropped and chosen again
    /// must not come back under a version that somebody may have seen on the old one. Null where the values are the same.
    /// </summary>
    private static int? NextVersion(Matrix matrix, Matrix layout) =>
        matrix.X.SequenceEqual(layout.X) && matrix.Y.Select(y => y.Value).SequenceEqual(layout.Y.Select(y => y.Value))
            ? null
            : matrix.Cells.Select(c => c.Version).DefaultIfEmpty(0).Max() + 1;

    private static Cell Planned(Cell? before, string x, string y, decimal quantity, int? version, string by, DateTimeOffset at) =>
        before is null ? new Cell(x, y, quantity, 0, 0, 0, version ?? 1, by, at)
        : version is { } next ? before with { Planned = quantity, Version = next, SetBy = by, SetAt = at }
        : before.Planned == quantity ? before
        : before with { Planned = quantity, Version = before.Version + 1, SetBy = by, SetAt = at };
}
