using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.ProductionOrders;

/// <summary>Invariants 2 to 4 of the plant over random sequences of commands on a whole backorder chain.</summary>
public class ConservationTests
{
    [Fact]
    public void Planned_is_produced_and_moved_and_outstanding_whatever_is_done_in_which_order() =>
        Property.Holds(
            3_000,
            random =>
            {
                var tolerance = random.Next(3) * 0.1m;
                var first = New(random);
                var chain = new List<ProductionOrder> { first };
                var partials = new List<ProductionOrder>();
                var consumed = new Dictionary<(string Order, string Component), decimal>();
                for (var step = 0; step < 60; step++)
                    Step(random, chain, partials, consumed, tolerance);
                Check(first, chain, partials, consumed);
            }
        );

    private static ProductionOrder New(Random random)
    {
        decimal[][] rows = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Row(random))];
        var width = rows.Min(r => r.Length);
        var order = Given.WithMatrix(OrderStatus.Draft, MatrixState.Pending, [.. rows.Select(r => r[..width])]);
        return order with
        {
            Quantity = order.Quantity + 1,
            Matrix = Given.Matrix(MatrixState.Pending, [.. rows.Select(r => r[..width])]),
        };
    }

    private static decimal[] Row(Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => (decimal)random.Next(0, 30))];

    private static void Step(
        Random random,
        List<ProductionOrder> chain,
        List<ProductionOrder> partials,
        Dictionary<(string, string), decimal> consumed,
        decimal tolerance
    )
    {
        var at = random.Next(chain.Count);
        var order = chain[at];
        switch (random.Next(6))
        {
            case 0:
                chain[at] = Or(order, RecalculateMatrix.Decide(order, order.Matrix!, 0, Given.Ana, Given.T1));
                break;
            case 1:
                chain[at] = Or(order, PlanOrder.Confirm(order, Given.T1));
                break;
            case 2:
                chain[at] = Or(order, PlanOrder.Start(order, Given.T1));
                break;
            case 3 or 4:
                var cell = order.Matrix!.Cells[random.Next(order.Matrix.Cells.Length)];
                var field = order.Matrix.State == MatrixState.Pending ? CellField.Planned : CellField.ToProduce;
                var edit = new CellEdit(cell.X, cell.Y, field, random.Next(-1, 35), cell.Version - random.Next(5) / 4);
                chain[at] = Or(order, EditCells.Decide(order, [edit], 0, tolerance, Given.Luis, Given.T1));
                break;
            default:
                Explode(random.Next(3) > 0, chain, at, partials, consumed);
                break;
        }
    }

    private static void Explode(
        bool backorder,
        List<ProductionOrder> chain,
        int at,
        List<ProductionOrder> partials,
        Dictionary<(string, string), decimal> consumed
    )
    {
        var decision = ProduceLots.Decide(chain[at], backorder, Given.Precision, null, Given.Luis, Given.T1);
        if (decision.Refusal is not null)
            return;
        var done = decision.Outcome;
        Assert.Equal(done.Backorder is null && done.Order.Outstanding == 0, done.Order.Status == OrderStatus.Done);
        foreach (var (component, quantity) in done.Produced.SelectMany(p => p.Consumption))
            consumed[(done.Order.Number, component)] = consumed.GetValueOrDefault((done.Order.Number, component)) + quantity;
        partials.AddRange(done.Partials);
        chain[at] = done.Order;
        if (done.Backorder is { } residual)
            chain.Add(residual);
    }

    private static void Check(
        ProductionOrder first,
        List<ProductionOrder> chain,
        List<ProductionOrder> partials,
        Dictionary<(string Order, string Component), decimal> consumed
    )
    {
        foreach (var order in chain)
        {
            var cells = order.Matrix!.Cells;
            Assert.All(cells, c => Assert.True(c.Produced >= 0 && c.Moved >= 0 && c.ToProduce >= 0 && c.Planned >= 0));
            Assert.All(cells, c => Assert.Equal(c.Planned, c.Produced + c.Moved + c.Outstanding));
            Assert.Equal((cells.Sum(c => c.Produced), cells.Sum(c => c.Moved)), (order.Produced, order.Moved));
            if (order.Matrix.State != MatrixState.Pending)
                Assert.Equal(order.Quantity, order.Matrix.PlannedTotal);
            Assert.Equal(order.Produced, partials.Where(p => p.Parent == order.Number).Sum(p => p.Quantity));
            foreach (var line in order.BomLines)
                Assert.Equal(
                    Quantities.RoundUp(line.Quantity * order.Produced, Given.Precision(line.Component)),
                    consumed.GetValueOrDefault((order.Number, line.Component))
                );
            var child = chain.SingleOrDefault(o => o.Parent == order.Number);
            Assert.Equal(order.Moved, child?.Quantity ?? 0);
            Assert.All(cells, c => Assert.Equal(c.Moved, child?.Matrix!.Find(c.X, c.Y)!.Planned ?? 0));
        }

        Assert.Equal(partials.Count, partials.Select(p => p.Number).Distinct().Count());
        // Across the chain: what was ordered is what was produced and what is still to be made, over-production apart.
        if (chain[0].Matrix!.State != MatrixState.Pending)
            Assert.Equal(first.Quantity, chain.Sum(o => o.Produced) + chain.Sum(o => o.Matrix!.Cells.Sum(c => c.Outstanding)));
    }

    private static ProductionOrder Or(ProductionOrder before, Decision<ProductionOrder> decision) =>
        decision.Refusal is null ? decision.Outcome : before;

    private static ProductionOrder Or(ProductionOrder before, Decision<Matrix> decision) =>
        decision.Refusal is null ? before with { Matrix = decision.Outcome } : before;
}
