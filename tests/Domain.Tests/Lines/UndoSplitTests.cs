using Manufactura.Domain.Lines;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.Lines;

public class UndoSplitTests
{
    private static readonly ProductionOrder Whole = Given.WithMatrix(
        OrderStatus.Planned,
        MatrixState.Planned,
        [7, 8],
        [9, 6]
    ) with
    {
        Allocations = [new("T1", "TELA", 10, AllocationState.Reserved), new("T2", "TELA", 20, AllocationState.Reserved)],
    };

    [Fact]
    public void The_order_has_everything_again_and_no_line()
    {
        var (order, split) = Divided();
        var done = UndoSplit.Decide(order with { Line = "L1", LinePosition = 1 }, split, Given.Luis, Given.T1).Outcome;
        Assert.Equal((30, null, null), (done.Order.Quantity, done.Order.Line, done.Order.LinePosition));
        Assert.Equal([7, 8, 9, 6], done.Order.Matrix!.Cells.Select(c => c.Planned));
        Assert.Equal(["T1 10", "T2 20"], done.Order.Allocations.Select(a => $"{a.Lot} {a.Quantity}"));
    }

    [Fact]
    public void The_split_order_is_cancelled_with_all_of_it_moved()
    {
        var (order, split) = Divided();
        var closed = UndoSplit.Decide(order, split, Given.Luis, Given.T1).Outcome.Closed;
        Assert.Equal((OrderStatus.Cancelled, 18, 18, 0), (closed.Status, closed.Quantity, closed.Moved, closed.Outstanding));
        Assert.All(closed.Matrix!.Cells, c => Assert.Equal((c.Planned, 0), (c.Moved, c.Outstanding)));
        Assert.Empty(closed.Allocations);
        Assert.EndsWith("\nReunida con OP WO-0007", closed.Observations, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OrderStatus.Planned, OrderStatus.InProgress, "WO-0008")]
    [InlineData(OrderStatus.Planned, OrderStatus.Done, "WO-0008")]
    [InlineData(OrderStatus.Planned, OrderStatus.Cancelled, "WO-0008")]
    [InlineData(OrderStatus.InProgress, OrderStatus.Planned, "WO-0007")]
    [InlineData(OrderStatus.Cancelled, OrderStatus.Planned, "WO-0007")]
    public void Once_one_of_them_was_started_or_closed_it_is_refused(OrderStatus first, OrderStatus second, string named)
    {
        var (order, split) = Divided();
        var refusal = UndoSplit
            .Decide(order with { Status = first }, split with { Status = second }, Given.Luis, Given.T1)
            .Refusal!;
        Assert.Equal($"La orden {named} ya se inició o se cerró: la división no se puede deshacer.", refusal.Es);
    }

    [Fact]
    public void Only_the_order_it_came_from_takes_it_back()
    {
        var (order, split) = Divided();
        Assert.NotNull(UndoSplit.Decide(order with { Number = "WO-0001" }, split, Given.Luis, Given.T1).Refusal);
        Assert.NotNull(UndoSplit.Decide(order, split with { Kind = OrderKind.Backorder }, Given.Luis, Given.T1).Refusal);
    }

    [Fact]
    public void Matrices_that_went_different_ways_are_not_joined()
    {
        var (order, split) = Divided();
        var other = split with { Matrix = split.Matrix! with { State = MatrixState.Pending } };
        Assert.Equal("invalid-state", UndoSplit.Decide(order, other, Given.Luis, Given.T1).Refusal?.Code);
        other = split with { Matrix = split.Matrix with { Y = [new("28", 1), new("34", 1)] } };
        Assert.Equal("invalid-state", UndoSplit.Decide(order, other, Given.Luis, Given.T1).Refusal?.Code);
    }

    private static (ProductionOrder, ProductionOrder) Divided()
    {
        var split = SplitOrder.Decide(Whole, 12, "WO-0008", Given.Precision, Given.Luis, Given.T1).Outcome;
        return (split.Order, split.Rest);
    }
}
