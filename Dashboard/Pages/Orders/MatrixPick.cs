using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Pages.Orders;

/// <summary>Values and curve as somebody is choosing them; the rules of the matrix say what would become of them.</summary>
public sealed class MatrixPick
{
    public HashSet<string> X { get; } = new(StringComparer.Ordinal);
    public HashSet<string> Y { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, int> Curve { get; } = new(StringComparer.Ordinal);

    /// <summary>The choice that an order already has.</summary>
    public static MatrixPick Of(Matrix matrix)
    {
        var pick = new MatrixPick();
        pick.X.UnionWith(matrix.X);
        foreach (var (value, proportion) in matrix.Y)
        {
            pick.Y.Add(value);
            if (proportion is { } part)
                pick.Curve[value] = part;
        }

        return pick;
    }

    /// <summary>The body of a recalculation, or the <c>matrix</c> member of a new order; values in the attribute's order.</summary>
    public object Body(IEnumerable<AttributeValue> x, IEnumerable<AttributeValue> y) =>
        new
        {
            xValues = Codes(x, X),
            yValues = Codes(y, Y),
            curve = Codes(y, Y).Where(Curve.ContainsKey).Select(v => new { value = v, proportion = Curve[v] }).ToArray(),
        };

    /// <summary>What recalculating would give, by the same rule as the plant's.</summary>
    public Decision<Matrix> Preview(
        ProductionOrder order,
        Material product,
        IReadOnlyList<AttributeValue> x,
        IReadOnlyList<AttributeValue> y
    )
    {
        var known = new AxisValues([.. x.Select(v => v.Code)], [.. y.Select(v => v.Code)]);
        ImmutableArray<string> columns = [.. Codes(y, Y)];
        var layout = new MatrixLayout(
            [.. Codes(x, X)],
            columns,
            [.. columns.Where(Curve.ContainsKey).Select(v => new CurveValue(v, Curve[v]))]
        );
        var grid = MatrixGrid.Create(product, known, layout, "", default);
        return grid.Refusal is { } refusal
            ? refusal
            : RecalculateMatrix.Decide(order, grid.Outcome, product.Precision, "", default);
    }

    private static string[] Codes(IEnumerable<AttributeValue> values, HashSet<string> chosen) =>
        [.. values.Select(v => v.Code).Where(chosen.Contains)];
}
