using System.Collections.Immutable;
using Manufactura.Domain.Matrices;

namespace Manufactura.Domain.Lines;

/// <summary>A matrix made two with the same rows, columns, curve and state; cell by cell the two add up to the one.</summary>
internal static class SplitMatrix
{
    /// <summary>
    /// Shares the cells in the proportion keep : rest. The kept cells add up to <paramref name="keep"/> exactly when the matrix
    /// adds up to the order; every cell and every row is less than one unit from its share.
    /// </summary>
    public static (Matrix Kept, Matrix Given) Share(
        Matrix matrix,
        decimal keep,
        decimal rest,
        int precision,
        string by,
        DateTimeOffset at
    )
    {
        // A unit whose precision was lowered after the order was made still has to split without losing a thousandth.
        if (!matrix.Cells.All(c => Quantities.Fits(c.Planned, precision)))
            precision = LargestRemainder.MaxPrecision;
        var total = matrix.PlannedTotal;
        var target = total == 0 ? 0 : LargestRemainder.Split(total, [keep, rest], precision)[0];
        var planned = KeptCells(matrix, LargestRemainder.ToUnits(target, precision), precision);
        var kept = ImmutableArray.CreateBuilder<Cell>(matrix.Cells.Length);
        var given = ImmutableArray.CreateBuilder<Cell>(matrix.Cells.Length);
        for (var i = 0; i < matrix.Cells.Length; i++)
        {
            var cell = matrix.Cells[i];
            var stays = LargestRemainder.FromUnits(planned[i], precision);
            var goes = (cell.Planned - stays).Plain();
            // What was to be produced now is produced first where it was asked for; neither may ask for more than it plans.
            var toProduce = Math.Min(cell.ToProduce, stays);
            var next = cell with { Planned = stays, ToProduce = toProduce };
            kept.Add(next == cell ? cell : next with { Version = cell.Version + 1, SetBy = by, SetAt = at });
            given.Add(new Cell(cell.X, cell.Y, goes, Math.Min(cell.ToProduce - toProduce, goes), 0, 0, 1, by, at));
        }

        return (matrix with { Cells = kept.MoveToImmutable() }, matrix with { Cells = given.MoveToImmutable() });
    }

    /// <summary>
    /// Largest remainders twice: over the rows, then inside each row on top of each cell's own whole share. Over all cells at
    /// once, equal cells would tie and the first rows would stay whole while the last ones go.
    /// </summary>
    private static Int128[] KeptCells(Matrix matrix, Int128 target, int precision)
    {
        var parts = new Int128[matrix.Cells.Length];
        Int128[] planned = [.. matrix.Cells.Select(c => LargestRemainder.ToUnits(c.Planned, precision))];
        if (target == 0)
            return parts;
        var columns = matrix.Y.Length;
        var rowTotals = new Int128[matrix.X.Length];
        Int128 total = 0;
        for (var i = 0; i < planned.Length; i++)
        {
            rowTotals[i / columns] += planned[i];
            total += planned[i];
        }

        var rows = LargestRemainder.SplitUnits(target, rowTotals);
        var remainders = new Int128[columns];
        for (var r = 0; r < rows.Length; r++)
        {
            var row = parts.AsSpan(r * columns, columns);
            var left = rows[r];
            for (var c = 0; c < columns; c++)
            {
                (row[c], remainders[c]) = Int128.DivRem(target * planned[r * columns + c], total);
                left -= row[c];
            }

            LargestRemainder.HandOut(row, remainders, (int)left);
        }

        return parts;
    }
}
