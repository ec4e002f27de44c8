using System.Collections.Immutable;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.Matrices;

public class RecalculateMatrixTests
{
    [Fact]
    public void The_total_goes_over_the_rows_and_each_row_over_the_curve()
    {
        var matrix = Recalculated(Given.Order(101), Layout(["A", "B"], (28, 4), (30, 4), (32, 2)));
        // 51 over 4:4:2 is 20.4 20.4 10.2; 50 is 20 20 10.
        Assert.Equal([21, 20, 10, 20, 20, 10], matrix.Cells.Select(c => c.Planned));
    }

    [Fact]
    public void Any_total_adds_up_with_rows_and_cells_within_one_unit() =>
        Property.Holds(
            100_000,
            random =>
            {
                var precision = random.Next(4);
                var unit = Property.Unit(precision);
                var rows = random.Next(1, 7);
                var curve = Enumerable
                    .Range(0, random.Next(1, 7))
                    .Select(i => (i, random.Next(1, random.Next(2, 200))))
                    .ToArray();
                var order = Given.Order(random.Quantity(precision));
                var layout = Layout([.. Enumerable.Range(0, rows).Select(r => $"X{r}")], curve);
                var matrix = Recalculated(order, layout, precision);

                Assert.Equal(order.Quantity, matrix.PlannedTotal);
                var weight = (decimal)curve.Sum(c => c.Item2);
                for (var r = 0; r < rows; r++)
                {
                    var cells = matrix.Cells.AsSpan(r * curve.Length, curve.Length).ToArray();
                    var row = cells.Sum(c => c.Planned);
                    Assert.True(Math.Abs(row - order.Quantity / rows) < unit);
                    for (var c = 0; c < curve.Length; c++)
                        Assert.True(Math.Abs(cells[c].Planned - row / weight * curve[c].Item2) < unit);
                }

                if (random.Next(10) == 0)
                    Assert.True(matrix.Cells.SequenceEqual(Recalculated(order, layout, precision).Cells));
            }
        );

    [Fact]
    public void Ties_go_to_the_earlier_row_and_the_earlier_column() =>
        Assert.Equal(
            [1, 1, 1, 0],
            Recalculated(Given.Order(3), Layout(["A", "B"], (28, 1), (30, 1))).Cells.Select(c => c.Planned)
        );

    [Fact]
    public void It_overwrites_edits_made_by_hand_and_raises_only_the_versions_of_what_changes()
    {
        var order = Given.WithMatrix(OrderStatus.Draft, MatrixState.Pending, [5, 5], [7, 3]);
        var matrix = RecalculateMatrix.Decide(order, order.Matrix!, 0, Given.Luis, Given.T1).Outcome;
        Assert.Equal([5, 5, 5, 5], matrix.Cells.Select(c => c.Planned));
        Assert.Equal([1, 1, 2, 2], matrix.Cells.Select(c => c.Version));
        Assert.Equal([Given.Ana, Given.Ana, Given.Luis, Given.Luis], matrix.Cells.Select(c => c.SetBy));
    }

    [Fact]
    public void A_cell_dropped_and_chosen_again_never_comes_back_under_a_version_seen_before()
    {
        var order = Given.WithMatrix(OrderStatus.Draft, MatrixState.Pending, [5, 5], [5, 5]);
        var edit = new CellEdit("B", "28", CellField.Planned, 9, 1);
        order = order with { Matrix = EditCells.Decide(order, [edit], 0, 0, Given.Ana, Given.T0).Outcome };
        var seen = order.Matrix!.Find("B", "28")!.Version;

        order = order with { Matrix = Recalculated(order, Layout(["A"], (28, 1), (30, 1))) };
        order = order with { Matrix = Recalculated(order, Layout(["A", "B"], (28, 1), (30, 1))) };

        Assert.True(order.Matrix.Find("B", "28")!.Version > seen);
        var stale = EditCells.Decide(order, [edit with { SeenVersion = seen }], 0, 0, Given.Ana, Given.T0);
        Assert.Equal("cell-conflict", stale.Refusal!.Code);
    }

    [Theory]
    [InlineData(MatrixState.Planned)]
    [InlineData(MatrixState.Progress)]
    [InlineData(MatrixState.Done)]
    public void Only_a_pending_matrix_is_recalculated(MatrixState state)
    {
        var order = Given.WithMatrix(OrderStatus.Planned, state, [5]);
        var refusal = RecalculateMatrix.Decide(order, order.Matrix!, 0, Given.Ana, Given.T0).Refusal!;
        Assert.Equal(("invalid-state", RefusalKind.Conflict), (refusal.Code, refusal.Kind));
        Assert.Equal("La matriz solo se recalcula mientras está Pendiente.", refusal.Es);
    }

    [Theory]
    [InlineData(OrderStatus.Cancelled)]
    [InlineData(OrderStatus.Done)]
    public void The_matrix_of_a_closed_order_is_not_recalculated(OrderStatus status)
    {
        var order = Given.WithMatrix(status, MatrixState.Pending, [5]);
        Assert.Equal("invalid-state", RecalculateMatrix.Decide(order, order.Matrix!, 0, Given.Ana, Given.T0).Refusal?.Code);
    }

    [Fact]
    public void An_order_without_a_matrix_has_nothing_to_recalculate() =>
        Assert.Equal(
            "invalid-state",
            RecalculateMatrix.Decide(Given.Order(5), Matrix.Empty, 0, Given.Ana, Given.T0).Refusal?.Code
        );

    [Fact]
    public void Missing_values_and_proportions_are_named()
    {
        var order = Given.Order(5) with { Matrix = Matrix.Empty };
        Assert.Equal("validation", RecalculateMatrix.Decide(order, Matrix.Empty, 0, Given.Ana, Given.T0).Refusal?.Code);
        var layout = Layout(["A"], (28, 1), (30, 1));
        layout = layout with { Y = [new("28", 1), new("30", null)] };
        var refusal = RecalculateMatrix.Decide(order, layout, 0, Given.Ana, Given.T0).Refusal!;
        Assert.Equal("Falta la proporción de la curva para 30.", refusal.Es);
    }

    private static Matrix Recalculated(ProductionOrder order, Matrix layout, int precision = 0) =>
        RecalculateMatrix
            .Decide(order with { Matrix = order.Matrix ?? Matrix.Empty }, layout, precision, Given.Luis, Given.T1)
            .Outcome;

    private static Matrix Layout(string[] x, params (int Value, int Proportion)[] curve)
    {
        ImmutableArray<CurveValue> y = [.. curve.Select(c => new CurveValue($"{c.Value}", c.Proportion))];
        ImmutableArray<string> values = [.. y.Select(v => v.Value)];
        var known = new AxisValues([.. x], values);
        return MatrixGrid.Create(Given.Shirt(), known, new([.. x], values, y), Given.Ana, Given.T0).Outcome;
    }
}
