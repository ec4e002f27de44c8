using Manufactura.Domain.Lines;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.Lines;

public class LineLoadTests
{
    [Theory]
    [InlineData(OrderStatus.Draft, 50)]
    [InlineData(OrderStatus.Planned, 50)]
    [InlineData(OrderStatus.InProgress, 50)]
    [InlineData(OrderStatus.Done, 0)]
    [InlineData(OrderStatus.Cancelled, 0)]
    public void Open_orders_weigh_what_is_outstanding(OrderStatus status, int kg) =>
        Assert.Equal(kg, LineLoad.OutstandingKg(Given.Order(100, status), 0.5m));

    [Fact]
    public void What_was_produced_or_moved_weighs_nothing_any_more()
    {
        var order = Given.WithMatrix(OrderStatus.InProgress, MatrixState.Progress, [60, 40]).ToProduce(("A", "28", 30));
        var kept = ProduceLots.Decide(order, false, Given.Precision, null, Given.Ana, Given.T1).Outcome.Order;
        Assert.Equal(35, LineLoad.OutstandingKg(kept, 0.5m));
        var moved = ProduceLots.Decide(order, true, Given.Precision, null, Given.Ana, Given.T1).Outcome.Order;
        Assert.Equal(0, LineLoad.OutstandingKg(moved, 0.5m));
    }

    [Theory]
    [InlineData(0, "0", false)]
    [InlineData(100, "33.33", false)]
    [InlineData(300, "100", false)]
    [InlineData(301, "100.33", true)]
    [InlineData(900, "300", true)]
    public void Percent_is_assigned_over_capacity_and_saturated_is_above_100(int units, string percent, bool saturated)
    {
        ProductionOrder[] orders =
        [
            .. units > 0 ? [Given.Order(units) with { Line = "L1" }] : Array.Empty<ProductionOrder>(),
            Given.Order(999) with
            {
                Line = "L2",
            },
            Given.Order(999),
        ];
        var load = LineLoad.Of(Given.Line(), orders, _ => 0.5m);
        Assert.Equal((units * 0.5m, percent, saturated), (load.AssignedKg, load.Percent.ToString(), load.Saturated));
    }

    [Fact]
    public void Compatible_active_lines_are_listed_by_priority_then_load()
    {
        LineCandidate[] lines =
        [
            new(Given.Line(150, "L1"), Given.Makes("L1", 2), 0),
            new(Given.Line(150, "L2"), Given.Makes("L2", 1), 75),
            new(Given.Line(100, "L3"), Given.Makes("L3", 1), 0),
            new(Given.Line(150, "L4", active: false), Given.Makes("L4", 1), 0),
            new(Given.Line(150, "L5"), new("L5", "PANTALON", 1), 0),
        ];
        Assert.Equal(
            ["L3 200 0", "L2 300 50", "L1 300 0"],
            LineOptions.For(Given.Shirt(), lines).Select(o => $"{o.Code} {o.CapacityUnits} {o.Percent}")
        );
        Assert.All(LineOptions.For(Given.Shirt(unitWeightKg: null), lines), o => Assert.Null(o.CapacityUnits));
    }

    [Fact]
    public void The_next_place_in_a_queue_is_behind_all_others()
    {
        Assert.Equal(1, LineQueue.NextPosition([]));
        Assert.Equal(1, LineQueue.NextPosition([null]));
        Assert.Equal(5, LineQueue.NextPosition([2, 4.5m, null, 1]));
    }
}
