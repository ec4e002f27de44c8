using Manufactura.Domain.Lines;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.Lines;

public class SplitOrderTests
{
    [Fact]
    public void The_rest_is_a_split_order_with_all_that_the_original_was_asked_for()
    {
        var order = Given.Order(1000, OrderStatus.Planned) with { Observations = "Urgente", Line = "L9", LinePosition = 2 };
        var rest = Split(order, 300).Rest;
        Assert.Equal((OrderKind.Split, "WO-0007", OrderStatus.Planned), (rest.Kind, rest.Parent, rest.Status));
        Assert.Equal(("CAMISA", "BOM-1", "SO-0003"), (rest.Material, rest.Bom, rest.SalesOrder));
        Assert.Equal(order.BomLines.AsEnumerable(), rest.BomLines);
        Assert.Equal((order.DueDate, order.Priority), (rest.DueDate, rest.Priority));
        Assert.Equal(("BOD-MP", "BOD-PT"), (rest.OriginLocation, rest.DestinationLocation));
        Assert.Equal("Urgente\nDividida desde OP WO-0007", rest.Observations);
        Assert.Equal((null, null), (rest.Line, rest.LinePosition));
        Assert.Equal((Given.Luis, Given.T1), (rest.CreatedBy, rest.CreatedAt));
    }

    [Fact]
    public void Without_observations_the_origin_stands_alone() =>
        Assert.Equal("Dividida desde OP WO-0007", Split(Given.Order(10), 3).Rest.Observations);

    [Theory]
    [InlineData(OrderStatus.Draft, null, OrderStatus.Planned)]
    [InlineData(OrderStatus.Planned, null, OrderStatus.Planned)]
    [InlineData(OrderStatus.Draft, MatrixState.Pending, OrderStatus.Draft)]
    [InlineData(OrderStatus.Planned, MatrixState.Planned, OrderStatus.Planned)]
    public void The_rest_is_planned_or_a_draft_while_its_matrix_is_pending(
        OrderStatus status,
        MatrixState? state,
        OrderStatus expected
    )
    {
        var order = state is { } s ? Given.WithMatrix(status, s, [6, 4]) : Given.Order(10, status);
        var split = Split(order, 3);
        Assert.Equal((expected, state), (split.Rest.Status, split.Rest.Matrix?.State));
        Assert.Equal((status, state), (split.Order.Status, split.Order.Matrix?.State));
    }

    public static TheoryData<decimal[][], int, string> Cells =>
        new()
        {
            {
                [
                    [40, 40, 20],
                    [40, 40, 20],
                ],
                100,
                "20 20 10 / 20 20 10"
            },
            {
                [
                    [3, 3],
                    [3, 3],
                ],
                7,
                "2 2 / 2 1"
            },
            {
                [
                    [1, 1],
                    [1, 1],
                ],
                2,
                "1 0 / 1 0"
            },
            {
                [
                    [1, 1],
                    [1, 1],
                ],
                1,
                "1 0 / 0 0"
            },
            {
                [
                    [0, 10],
                    [0, 0],
                ],
                4,
                "0 4 / 0 0"
            },
            {
                [
                    [5, 0, 1],
                ],
                3,
                "3 0 0"
            },
        };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Cells_are_shared_by_largest_remainder_with_rows_and_columns_kept(decimal[][] rows, int keep, string kept)
    {
        var order = Given.WithMatrix(OrderStatus.Planned, MatrixState.Planned, rows);
        var split = Split(order, keep);
        var columns = rows[0].Length;
        var text = split.Order.Matrix!.Cells.Select(c => c.Planned.ToString()).Chunk(columns).Select(r => string.Join(' ', r));
        Assert.Equal(kept, string.Join(" / ", text));
        foreach (var matrix in new[] { split.Order.Matrix, split.Rest.Matrix! })
        {
            Assert.Equal(order.Matrix!.X.AsEnumerable(), matrix.X);
            Assert.Equal(order.Matrix.Y.AsEnumerable(), matrix.Y);
        }
    }

    [Fact]
    public void Only_cells_that_change_get_a_new_version()
    {
        var cells = Split(Given.WithMatrix(OrderStatus.Planned, MatrixState.Planned, [0, 10]), 4).Order.Matrix!.Cells;
        Assert.Equal([(1, Given.Ana), (2, Given.Luis)], cells.Select(c => (c.Version, c.SetBy)));
    }

    [Fact]
    public void A_quantity_to_produce_goes_with_the_cells_and_never_above_them()
    {
        var order = Given
            .WithMatrix(OrderStatus.Planned, MatrixState.Planned, [10, 10])
            .ToProduce(("A", "28", 8), ("A", "30", 2));
        var split = Split(order, 10);
        Assert.Equal([5, 2], split.Order.Matrix!.Cells.Select(c => c.ToProduce));
        Assert.Equal([3, 0], split.Rest.Matrix!.Cells.Select(c => c.ToProduce));
    }

    [Fact]
    public void Reserved_quantities_are_shared_by_component_and_at_most_one_lot_of_each_is_divided()
    {
        var order = Given.Order(10, OrderStatus.Planned) with
        {
            Allocations =
            [
                new("T1", "TELA", 4.25m, AllocationState.Reserved),
                new("T2", "TELA", 3, AllocationState.Reserved),
                new("T3", "TELA", 5, AllocationState.Released),
                new("B1", "BOTON", 7, AllocationState.Reserved),
            ],
        };
        var split = Split(order, 7);
        // 7.25 m × 7/10 = 5.075, by largest remainder 5.08 and 2.17 of which the tie goes to the earlier; 7 buttons: 5 and 2.
        Assert.Equal(["T1 4.25", "T2 0.83", "T3 5", "B1 5"], split.Order.Allocations.Select(a => $"{a.Lot} {a.Quantity}"));
        Assert.Equal(["T2 2.17", "B1 2"], split.Rest.Allocations.Select(a => $"{a.Lot} {a.Quantity}"));
    }

    [Theory]
    [InlineData(OrderStatus.InProgress, "La orden WO-0007 ya está en proceso: no se puede dividir.")]
    [InlineData(OrderStatus.Done, "La orden WO-0007 está Terminada: no se asigna a una línea.")]
    [InlineData(OrderStatus.Cancelled, "La orden WO-0007 está Cancelada: no se asigna a una línea.")]
    public void An_order_that_was_started_is_not_divided(OrderStatus status, string sentence)
    {
        var decision = SplitOrder.Decide(Given.Order(10, status), 3, "WO-0008", Given.Precision, Given.Luis, Given.T1);
        Assert.Equal(sentence, decision.Refusal?.Es);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10")]
    [InlineData("11")]
    [InlineData("-1")]
    [InlineData("2.5")]
    public void Both_parts_must_be_above_zero_and_fit_the_unit(string keep)
    {
        var units = decimal.Parse(keep, System.Globalization.CultureInfo.InvariantCulture);
        var decision = SplitOrder.Decide(Given.Order(10), units, "WO-0008", Given.Precision, Given.Luis, Given.T1);
        Assert.Equal("validation", decision.Refusal?.Code);
    }

    private static OrderSplit Split(ProductionOrder order, decimal keep) =>
        SplitOrder.Decide(order, keep, "WO-0008", Given.Precision, Given.Luis, Given.T1).Outcome;
}
