using System.Collections.Immutable;
using Manufactura.Domain.Materials;

namespace Manufactura.Domain.Matrices;

/// <summary>The values a person chose for an order: X values, Y values and the curve over them.</summary>
public sealed record MatrixLayout(
    ImmutableArray<string> XValues,
    ImmutableArray<string> YValues,
    ImmutableArray<CurveValue> Curve
)
{
    /// <summary>Rows or columns that one matrix may have; a screen stays fluid at 40 × 30.</summary>
    public const int MaxValues = 200;

    /// <summary>The largest proportion of one Y value.</summary>
    public const int MaxProportion = 1_000_000;
}

/// <summary>The values that the product's attributes know, in their order.</summary>
public sealed record AxisValues(ImmutableArray<string> X, ImmutableArray<string> Y);

/// <summary>Builds the empty grid of an order and checks the chosen values.</summary>
public static class MatrixGrid
{
    /// <summary>A pending matrix with all cells at zero, or why the values will not do.</summary>
    public static Decision<Matrix> Create(Material product, AxisValues known, MatrixLayout layout, string by, DateTimeOffset at)
    {
        if (!product.HasAxes)
            return new Refusal(
                "no-axes",
                RefusalKind.Rule,
                $"El producto {product.Code} no tiene atributos de matriz.",
                $"Product {product.Code} has no matrix attributes."
            );
        if (Check("X", layout.XValues, known.X) is { } badX)
            return badX;
        if (Check("Y", layout.YValues, known.Y) is { } badY)
            return badY;
        var columns = Columns(layout);
        if (columns.Refusal is { } badCurve)
            return badCurve;
        return Fill(layout.XValues, columns.Outcome, by, at);
    }

    private static Matrix Fill(ImmutableArray<string> x, ImmutableArray<CurveValue> y, string by, DateTimeOffset at)
    {
        var cells = ImmutableArray.CreateBuilder<Cell>(x.Length * y.Length);
        foreach (var row in x)
        foreach (var column in y)
            cells.Add(new Cell(row, column.Value, 0, 0, 0, 0, 1, by, at));
        return new Matrix(MatrixState.Pending, x, y, cells.MoveToImmutable());
    }

    private static Decision<ImmutableArray<CurveValue>> Columns(MatrixLayout layout)
    {
        var proportions = new Dictionary<string, int?>(StringComparer.Ordinal);
        foreach (var (value, proportion) in layout.Curve)
        {
            if (!layout.YValues.Contains(value))
                return Refusal.Validation(
                    $"La curva nombra {value}, que no está entre los valores Y elegidos.",
                    $"The curve names {value}, which is not among the chosen Y values."
                );
            if (!proportions.TryAdd(value, proportion))
                return Refusal.Validation($"La curva nombra {value} dos veces.", $"The curve names {value} twice.");
            if (proportion is <= 0 or > MatrixLayout.MaxProportion)
                return Refusal.Validation(
                    $"La proporción de {value} debe ser un entero entre 1 y {MatrixLayout.MaxProportion}.",
                    $"The proportion of {value} must be an integer between 1 and {MatrixLayout.MaxProportion}."
                );
        }

        return layout.YValues.Select(v => new CurveValue(v, proportions.GetValueOrDefault(v))).ToImmutableArray();
    }

    private static Refusal? Check(string axis, ImmutableArray<string> chosen, ImmutableArray<string> known)
    {
        if (chosen.Length > MatrixLayout.MaxValues)
            return Refusal.Validation(
                $"El eje {axis} admite como máximo {MatrixLayout.MaxValues} valores.",
                $"Axis {axis} takes at most {MatrixLayout.MaxValues} values."
            );
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in chosen)
        {
            if (!known.Contains(value))
                return Refusal.Validation(
                    $"El valor {value} no existe en el eje {axis} del producto.",
                    $"Value {value} does not exist on the product's {axis} axis."
                );
            if (!seen.Add(value))
                return Refusal.Validation(
                    $"El valor {value} está dos veces en el eje {axis}.",
                    $"Value {value} is twice on axis {axis}."
                );
        }

        return null;
    }
}
