using System.Collections.Immutable;
using Manufactura.Domain.Lines;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.Lines;

/// <summary>Invariant 7: splits, taking them back and cancelling conserve units, cells and reserved quantities.</summary>
public class SplitConservationTests
{
    [Fact]
    public void Chains_of_splits_merges_back_and_cancellations_lose_and_invent_nothing() =>
        Property.Holds(
            3_000,
            random =>
            {
                var precision = random.Next(4);
                var family = new SplitFamily(New(random, precision), precision);
                for (var step = 0; step < 14; step++)
                {
                    switch (random.Next(10))
                    {
                        case < 4:
                            family.Split(random);
                            break;
                        case < 6:
                            family.AssignDividing(random);
                            break;
                        case < 7:
                            family.DivideAll(random);
                            break;
                        case < 9:
                            family.Undo(random);
                            break;
                        default:
                            family.Cancel(random);
                            break;
                    }

                    family.Check();
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

    internal static decimal Keep(Random random, decimal quantity, int precision) =>
        Quantities.RoundDown(quantity * random.Next(0, 101) / 100, precision);
}
