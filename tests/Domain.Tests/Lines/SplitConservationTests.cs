using System.Collections.Immutable;
using Manufactura.Domain.Lines;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.Lines;

/// <summary>Invariant 7: splits, and taking them back, conserve units, cells and reserved quantities.</summary>
public class SplitConservationTests
{
    [Fact]
    public void Chains_of_splits_and_undo_lose_and_invent_nothing() =>
        Property.Holds(
            2_000,
            random =>
            {
                var precision = random.Next(4);
                var first = New(random, precision);
                var orders = new List<ProductionOrder> { first };
                for (var step = 0; step < 12; step++)
                {
                    if (random.Next(3) > 0)
                        Split(random, orders, precision);
                    else
                        Undo(random, orders);
                    Check(first, orders);
                }
            }
        );

    [Fact]
    public void Every_kept_cell_and_row_is_less_than_one_unit_from_its_share() =>
        Property.Holds(
            4_000,
            random =>
            {
                var precision = random.Next(4);
                var unit = Property.Unit(precision);
                var order = New(random, precision, withMatrix: true);
                var keep = Keep(random, order.Quantity, precision);
                if (keep <= 0 || keep >= order.Quantity)
                    return;
                var kept = SplitOrder.Decide(order, keep, "WO-0008", _ => precision, Given.Ana, Given.T1).Outcome.Order;
                Assert.Equal(keep, kept.Matrix!.PlannedTotal);
                var columns = order.Matrix!.Y.Length;
                var pairs = order
                    .Matrix.Cells.Zip(kept.Matrix.Cells)
                    .Select(p => (Before: p.First.Planned, After: p.Second.Planned));
                foreach (var row in pairs.Chunk(columns))
                {
                    Assert.All(row, c => Assert.True(Math.Abs(c.After - c.Before * keep / order.Quantity) < unit));
                    Assert.True(Math.Abs(row.Sum(c => c.After) - row.Sum(c => c.Before) * keep / order.Quantity) < unit);
                }
            }
        );

    private static ProductionOrder New(Random random, int precision, bool withMatrix = false)
    {
        var columns = random.Next(1, 5);
        decimal[][] rows =
        [
            .. Enumerable
                .Range(0, random.Next(1, 5))
                .Select(_ => Enumerable.Range(0, columns).Select(_ => random.Quantity(precision, 3)).ToArray()),
        ];
        rows[0][0] += 2;
        var pending = random.Next(2) == 0;
        var order =
            withMatrix || random.Next(4) > 0
                ? Given.WithMatrix(
                    pending ? OrderStatus.Draft : OrderStatus.Planned,
                    pending ? MatrixState.Pending : MatrixState.Planned,
                    rows
                )
                : Given.Order(rows.Sum(r => r.Sum()), OrderStatus.Planned);
        // A pending matrix need not add up to the order yet.
        if (!withMatrix && order.Matrix is { State: MatrixState.Pending } && random.Next(2) == 0)
            order = order with { Quantity = order.Quantity + random.Next(9) };
        return order with
        {
            Allocations =
            [
                .. Enumerable
                    .Range(1, random.Next(6))
                    .Select(i =>
                        i % 2 == 0
                            ? new Allocation($"T{i}", "TELA", random.Next(1, 500) * 0.01m, AllocationState.Reserved)
                            : new Allocation($"B{i}", "BOTON", random.Next(1, 50), AllocationState.Reserved)
                    ),
            ],
        };
    }

    private static decimal Keep(Random random, decimal quantity, int precision) =>
        Quantities.RoundDown(quantity * random.Next(0, 101) / 100, precision);

    private static void Split(Random random, List<ProductionOrder> orders, int precision)
    {
        var at = random.Next(orders.Count);
        var keep = Keep(random, orders[at].Quantity, precision);
        var number = $"WO-{orders.Count + 100:0000}";
        var decision = SplitOrder.Decide(
            orders[at],
            keep,
            number,
            m => m == "CAMISA" ? precision : Given.Precision(m),
            Given.Ana,
            Given.T1
        );
        if (decision.Refusal is not null)
            return;
        orders[at] = decision.Outcome.Order;
        orders.Add(decision.Outcome.Rest);
    }

    private static void Undo(Random random, List<ProductionOrder> orders)
    {
        var at = random.Next(orders.Count);
        var parent = orders.FindIndex(o => o.Number == orders[at].Parent);
        if (parent < 0)
            return;
        var decision = UndoSplit.Decide(orders[parent], orders[at], Given.Ana, Given.T1);
        if (decision.Refusal is not null)
            return;
        (orders[parent], orders[at]) = (decision.Outcome.Order, decision.Outcome.Closed);
    }

    private static void Check(ProductionOrder first, List<ProductionOrder> orders)
    {
        Assert.Equal(first.Quantity, orders.Sum(o => o.Quantity - o.Moved));
        Assert.Equal(first.Quantity, orders.Sum(o => o.Outstanding));
        Assert.All(orders, o => Assert.True(o.Quantity > 0));
        for (var i = 0; i < (first.Matrix?.Cells.Length ?? 0); i++)
        {
            var cell = first.Matrix!.Cells[i];
            Assert.Equal(cell.Planned, orders.Sum(o => o.Matrix!.Cells[i].Outstanding));
            Assert.All(orders, o => Assert.Equal((cell.X, cell.Y), (o.Matrix!.Cells[i].X, o.Matrix.Cells[i].Y)));
            Assert.All(orders, o => Assert.True(o.Matrix!.Cells[i].Planned >= 0));
        }

        if (first.Matrix is { } m && m.PlannedTotal == first.Quantity)
            Assert.All(orders, o => Assert.Equal(o.Quantity, o.Matrix!.PlannedTotal));
        var reserved = orders
            .SelectMany(o => o.Allocations)
            .GroupBy(a => a.Lot)
            .ToDictionary(g => g.Key, g => g.Sum(a => a.Quantity));
        Assert.Equal(first.Allocations.Length, reserved.Count);
        Assert.All(first.Allocations, a => Assert.Equal(a.Quantity, reserved[a.Lot]));
        Assert.All(
            orders.SelectMany(o => o.Allocations),
            a => Assert.True(a.Quantity > 0 && Quantities.Fits(a.Quantity, Given.Precision(a.Material)))
        );
        Assert.All(orders, o => Assert.Equal(o.Allocations.Length, o.Allocations.Select(a => a.Lot).Distinct().Count()));
    }
}
