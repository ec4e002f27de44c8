using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.ProductionOrders;

public class ProduceLotsTests
{
    private static readonly ProductionOrder Running = Given.WithMatrix(
        OrderStatus.InProgress,
        MatrixState.Progress,
        [10, 10],
        [10, 10]
    );

    [Fact]
    public void Each_cell_to_produce_becomes_a_partial_order_and_a_lot_of_its_number()
    {
        var done = Explode(Running.ToProduce(("A", "30", 4), ("B", "28", 10)));
        Assert.Equal(
            ["WO-0007-01 A/30 4", "WO-0007-02 B/28 10"],
            done.Produced.Select(p => $"{p.Number} {p.X}/{p.Y} {p.Quantity}")
        );
        Assert.All(
            done.Partials,
            p =>
            {
                Assert.Equal((OrderKind.Partial, OrderStatus.Done, "WO-0007"), (p.Kind, p.Status, p.Parent));
                Assert.Equal((p.Quantity, p.Number, Given.T1), (p.Produced, Assert.Single(p.Lots), p.FinishedAt));
                Assert.Equal(("BOD-MP", "BOD-PT", "SO-0003"), (p.OriginLocation, p.DestinationLocation, p.SalesOrder));
            }
        );
        Assert.Equal((14, 2), (done.Order.Produced, done.Order.Partials));
        var cell = done.Order.Matrix!.Find("A", "30")!;
        Assert.Equal((4, 0, 6), (cell.Produced, cell.ToProduce, cell.Moved));
    }

    [Fact]
    public void The_numbers_go_on_in_the_next_explosion()
    {
        var first = Explode(Running.ToProduce(("A", "28", 1), ("A", "30", 1)), backorder: false).Order;
        Assert.Equal("WO-0007-03", Explode(first.ToProduce(("B", "30", 1)), backorder: false).Produced.Single().Number);
    }

    [Fact]
    public void The_backorder_takes_all_that_is_outstanding_over_and_is_planned()
    {
        var done = Explode(Running.ToProduce(("A", "28", 10), ("A", "30", 4)));
        var residual = done.Backorder!;
        Assert.Equal(("WO-0007-R1", OrderKind.Backorder, "WO-0007"), (residual.Number, residual.Kind, residual.Parent));
        Assert.Equal(
            (OrderStatus.Planned, MatrixState.Planned, 26),
            (residual.Status, residual.Matrix!.State, residual.Quantity)
        );
        Assert.Equal([0, 6, 10, 10], residual.Matrix.Cells.Select(c => c.Planned));
        Assert.Equal("Residual de WO-0007", residual.Observations);
        Assert.Equal(
            ("CAMISA", "SO-0003", "BOD-MP", "BOD-PT", (string?)null),
            (residual.Material, residual.SalesOrder, residual.OriginLocation, residual.DestinationLocation, residual.Line)
        );
        Assert.Equal(Running.BomLines.AsEnumerable(), residual.BomLines);
        Assert.Equal((OrderStatus.InProgress, 0, 26), (done.Order.Status, done.Order.Outstanding, done.Order.Moved));
    }

    [Fact]
    public void A_backorder_is_exploded_under_its_own_number_and_its_own_backorder_follows_it()
    {
        var residual = Explode(Running.ToProduce(("A", "28", 10))).Backorder!;
        var started = PlanOrder.Start(residual, Given.T1).Outcome;
        var done = Explode(started.ToProduce(("B", "28", 5)));
        Assert.Equal("WO-0007-R1-01", done.Produced.Single().Number);
        Assert.Equal(("WO-0007-R2", "WO-0007-R1"), (done.Backorder!.Number, done.Backorder.Parent));
        Assert.Equal("Residual de WO-0007-R1", done.Backorder.Observations);
    }

    [Fact]
    public void Sin_residual_the_outstanding_stays_and_can_be_exploded_again()
    {
        var first = Explode(Running.ToProduce(("A", "28", 4)), backorder: false);
        Assert.Null(first.Backorder);
        Assert.Equal((OrderStatus.InProgress, 36, 0), (first.Order.Status, first.Order.Outstanding, first.Order.Moved));
        var rest = first.Order.ToProduce(("A", "28", 6), ("A", "30", 10), ("B", "28", 10), ("B", "30", 10));
        var last = Explode(rest, backorder: false).Order;
        Assert.Equal((OrderStatus.Done, MatrixState.Done, 40), (last.Status, last.Matrix!.State, last.Produced));
    }

    [Fact]
    public void With_nothing_outstanding_the_order_is_done_and_has_no_backorder()
    {
        var done = Explode(Running.ToProduce(("A", "28", 10), ("A", "30", 10), ("B", "28", 10), ("B", "30", 10)));
        Assert.Null(done.Backorder);
        Assert.Equal(
            (OrderStatus.Done, MatrixState.Done, Given.T1),
            (done.Order.Status, done.Order.Matrix!.State, done.Order.FinishedAt)
        );
    }

    [Fact]
    public void Over_production_leaves_a_cell_below_zero_that_no_other_cell_makes_up_for()
    {
        var done = Explode(Running.ToProduce(("A", "28", 15), ("A", "30", 5)));
        Assert.Equal(-5, done.Order.Matrix!.Find("A", "28")!.Outstanding);
        Assert.Equal(25, done.Backorder!.Quantity);
        Assert.Equal((20, 25), (done.Order.Produced, done.Order.Moved));
        Assert.Equal(0, done.Backorder.Matrix!.Find("A", "28")!.Planned);
    }

    [Fact]
    public void Components_are_consumed_cumulatively_cell_by_cell()
    {
        // 1.5 m of cloth a piece in whole metres: 3 pieces take 5, 4 take 6 in all, 5 take 8 in all.
        var order = Running with
        {
            BomLines = [new("TELA", 1.5m, "M"), new("ETIQUETA", 0.01m, "UND")],
        };
        var done = ProduceLots
            .Decide(order.ToProduce(("A", "28", 3), ("A", "30", 1), ("B", "28", 1)), true, _ => 0, null, Given.Luis, Given.T1)
            .Outcome;
        Assert.Equal(
            ["TELA 5, ETIQUETA 1", "TELA 1", "TELA 2"],
            done.Produced.Select(p => string.Join(", ", p.Consumption.Select(c => $"{c.Component} {c.Quantity}")))
        );
    }

    [Theory]
    [InlineData(null, null, "BOD", "BOD", "BOD")]
    [InlineData("BOD-MP", null, "BOD", "BOD-MP", "BOD")]
    [InlineData(null, "BOD-PT", "BOD", "BOD", "BOD-PT")]
    [InlineData("BOD-MP", "BOD-PT", null, "BOD-MP", "BOD-PT")]
    public void Only_the_missing_location_is_filled_in_with_the_default(
        string? origin,
        string? destination,
        string? byDefault,
        string usedOrigin,
        string usedDestination
    )
    {
        var order = (Running with { OriginLocation = origin, DestinationLocation = destination }).ToProduce(("A", "28", 1));
        var done = ProduceLots.Decide(order, true, Given.Precision, byDefault, Given.Ana, Given.T1).Outcome;
        foreach (var one in new[] { done.Order, done.Partials.Single(), done.Backorder! })
            Assert.Equal((usedOrigin, usedDestination), (one.OriginLocation, one.DestinationLocation));
    }

    [Theory]
    [InlineData(null, "BOD-PT")]
    [InlineData("BOD-MP", null)]
    public void A_missing_location_without_a_default_is_an_error(string? origin, string? destination)
    {
        var order = (Running with { OriginLocation = origin, DestinationLocation = destination }).ToProduce(("A", "28", 1));
        var refusal = ProduceLots.Decide(order, true, Given.Precision, null, Given.Ana, Given.T1).Refusal!;
        Assert.StartsWith("No hay ubicación de inventario por defecto", refusal.Es, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_produce_is_refused()
    {
        var refusal = ProduceLots.Decide(Running, true, Given.Precision, null, Given.Ana, Given.T1).Refusal!;
        Assert.Equal(("nothing-to-produce", RefusalKind.Rule), (refusal.Code, refusal.Kind));
    }

    [Theory]
    [InlineData(OrderStatus.Draft, MatrixState.Pending)]
    [InlineData(OrderStatus.Planned, MatrixState.Planned)]
    [InlineData(OrderStatus.Done, MatrixState.Done)]
    [InlineData(OrderStatus.Cancelled, MatrixState.Progress)]
    [InlineData(OrderStatus.InProgress, null)]
    public void Lots_are_produced_only_in_progress(OrderStatus status, MatrixState? state)
    {
        var order = state is { } s ? Given.WithMatrix(status, s, [5]) : Given.Order(5, status);
        var refusal = ProduceLots.Decide(order, true, Given.Precision, null, Given.Ana, Given.T1).Refusal!;
        Assert.Equal(("invalid-state", RefusalKind.Conflict), (refusal.Code, refusal.Kind));
    }

    [Fact]
    public void Each_changed_cell_gets_exactly_one_new_version()
    {
        var order = Running.ToProduce(("A", "28", 4));
        var cells = Explode(order).Order.Matrix!.Cells;
        Assert.Equal([3, 2, 2, 2], cells.Select(c => c.Version));
        Assert.All(cells, c => Assert.Equal((Given.Luis, Given.T1), (c.SetBy, c.SetAt)));
        Assert.Equal([3, 1, 1, 1], Explode(order, backorder: false).Order.Matrix!.Cells.Select(c => c.Version));
    }

    [Fact]
    public void Waiting_for_materials_goes_over_to_the_backorder()
    {
        var done = Explode(Running.ToProduce(("A", "28", 4)) with { AwaitsMaterials = true });
        Assert.Equal((false, true), (done.Order.AwaitsMaterials, done.Backorder!.AwaitsMaterials));
    }

    [Fact]
    public void The_original_is_done_by_itself_once_its_chain_is_closed()
    {
        var order = Explode(Running.ToProduce(("A", "28", 4))).Order;
        var closed = ProduceLots.AfterChainClosed(order, Given.T1)!;
        Assert.Equal((OrderStatus.Done, MatrixState.Done, Given.T1), (closed.Status, closed.Matrix!.State, closed.FinishedAt));
        Assert.Null(ProduceLots.AfterChainClosed(closed, Given.T1));
        Assert.Null(ProduceLots.AfterChainClosed(Running, Given.T1));
        Assert.Null(ProduceLots.AfterChainClosed(order with { Status = OrderStatus.Cancelled }, Given.T1));
    }

    [Theory]
    [InlineData(OrderStatus.InProgress, OrderStatus.Planned, false)]
    [InlineData(OrderStatus.Done, OrderStatus.Planned, false)]
    [InlineData(OrderStatus.Planned, OrderStatus.Done, false)]
    [InlineData(OrderStatus.Done, OrderStatus.Done, true)]
    [InlineData(OrderStatus.Done, OrderStatus.Cancelled, true)]
    public void A_chain_is_closed_when_the_backorder_and_what_was_divided_from_it_are(
        OrderStatus backorder,
        OrderStatus split,
        bool closed
    )
    {
        ProductionOrder[] below =
        [
            Given.Order(5, backorder, "WO-0007-R1") with
            {
                Kind = OrderKind.Backorder,
                Parent = "WO-0007",
            },
            Given.Order(5, split, "WO-0009") with
            {
                Kind = OrderKind.Split,
                Parent = "WO-0007-R1",
            },
            Given.Order(5, OrderStatus.Planned, "WO-0008") with
            {
                Kind = OrderKind.Split,
                Parent = "WO-0007",
            },
        ];
        Assert.Equal(closed, BackorderChain.IsClosed("WO-0007", below));
    }

    private static Explosion Explode(ProductionOrder order, bool backorder = true) =>
        ProduceLots.Decide(order, backorder, Given.Precision, null, Given.Luis, Given.T1).Outcome;
}
