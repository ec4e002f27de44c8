using System.Collections.Immutable;

namespace Manufactura.Domain.Matrices;

/// <summary>Pendiente → Programada → En Ejecución → Realizado.</summary>
public enum MatrixState
{
    Pending,
    Planned,
    Progress,
    Done,
}

/// <summary>A chosen Y value (talla) with its part of the curve; null while none was given.</summary>
public sealed record CurveValue(string Value, int? Proportion);

/// <summary>
/// One variant of one order. Always planned = produced + moved + outstanding; after over-production outstanding is
/// negative. Every change raises <paramref name="Version"/> and says who and when.
/// </summary>
public sealed record Cell(
    string X,
    string Y,
    decimal Planned,
    decimal ToProduce,
    decimal Produced,
    decimal Moved,
    int Version,
    string SetBy,
    DateTimeOffset SetAt
)
{
    public decimal Outstanding => Planned - Produced - Moved;
}

/// <summary>Rows X (tono) by columns Y (talla); cells in row order.</summary>
public sealed record Matrix(MatrixState State, ImmutableArray<string> X, ImmutableArray<CurveValue> Y, ImmutableArray<Cell> Cells)
{
    public static readonly Matrix Empty = new(MatrixState.Pending, [], [], []);

    public decimal PlannedTotal => Cells.Sum(c => c.Planned);

    public Cell? Find(string x, string y)
    {
        var column = Y.FindIndex(v => v.Value == y);
        var row = X.IndexOf(x);
        return row < 0 || column < 0 ? null : Cells[row * Y.Length + column];
    }
}

internal static class ImmutableArrayExtensions
{
    public static int FindIndex<T>(this ImmutableArray<T> items, Func<T, bool> match)
    {
        for (var i = 0; i < items.Length; i++)
            if (match(items[i]))
                return i;
        return -1;
    }
}
