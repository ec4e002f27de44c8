using System.Collections.Immutable;

namespace Manufactura.Domain.Matrices;

/// <summary>
/// "Recalcular Matriz": the total over the rows, each row over the curve, both by largest remainder. Only while pending;
/// overwrites edits made by hand.
/// </summary>
public static class RecalculateMatrix
{
    /// <param name="matrix">The present matrix, whose cell versions go on rising.</param>
    /// <param name="layout">A matrix at zero with other values and curve, or the same as <paramref name="matrix"/>.</param>
    /// <param name="total">The order's quantity, at the unit's precision.</param>
    /// <param name="precision">Decimals of the product's unit, 0 to 3.</param>
    public static Decision<Matrix> Decide(
        Matrix matrix,
        Matrix layout,
        decimal total,
        int precision,
        string by,
        DateTimeOffset at
    )
    {
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
        var rows = LargestRemainder.SplitEvenly(total, layout.X.Length, precision);
        var cells = ImmutableArray.CreateBuilder<Cell>(layout.Cells.Length);
        for (var r = 0; r < layout.X.Length; r++)
        {
            var shares = LargestRemainder.Split(rows[r], weights, precision);
            for (var c = 0; c < weights.Length; c++)
            {
                var (x, y) = (layout.X[r], layout.Y[c].Value);
                cells.Add(Planned(matrix.Find(x, y), x, y, shares[c], by, at));
            }
        }

        return layout with
        {
            State = MatrixState.Pending,
            Cells = cells.MoveToImmutable(),
        };
    }

    private static Cell Planned(Cell? before, string x, string y, decimal quantity, string by, DateTimeOffset at) =>
        before is null ? new Cell(x, y, quantity, 0, 0, 0, 1, by, at)
        : before.Planned == quantity ? before
        : before with { Planned = quantity, Version = before.Version + 1, SetBy = by, SetAt = at };
}
