using System.Collections.Immutable;
using Manufactura.Domain.Lines;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.Lines;

/// <summary>An order and all that it was divided into, with the lots that they have reserved.</summary>
internal sealed class SplitFamily
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    private readonly int precision;
    private readonly ProductionOrder first;
    private readonly List<ProductionOrder> orders;
    private readonly Dictionary<string, Lot> lots;
    private readonly Material shirt;

    public SplitFamily(ProductionOrder first, int precision)
    {
        (this.first, this.precision, orders) = (first, precision, [first]);
        shirt = Given.Shirt(precision, 1);
        lots = first.Allocations.ToDictionary(a => a.Lot, a => LotOf(a));
    }

    public void Split(Random random)
    {
        var at = random.Next(orders.Count);
        var keep = SplitConservationTests.Keep(random, orders[at].Quantity, precision);
        if (SplitOrder.Decide(orders[at], keep, NextNumber(0), PrecisionOf, Given.Ana, Given.T1) is { Refusal: null } split)
            Replace(at, split.Outcome.Order, split.Outcome.Rest);
    }

    public void AssignDividing(Random random)
    {
        var at = random.Next(orders.Count);
        var line = LineFor(random, orders[at]);
        var compatibility = Given.Makes(line.Code);
        var assigned = AssignLine.Decide(
            orders[at],
            line,
            shirt,
            compatibility,
            random.Next(1, 99),
            NextNumber(0),
            PrecisionOf,
            Given.Ana,
            Given.T1
        );
        if (assigned.Refusal is not null)
            return;
        Assert.True(assigned.Outcome.Order.Quantity * shirt.UnitWeightKg <= line.CapacityKg);
        Replace(at, assigned.Outcome.Order, assigned.Outcome.Rest is { } rest ? [rest] : []);
    }

    public void DivideAll(Random random)
    {
        var at = random.Next(orders.Count);
        LineCandidate[] lines = [.. new[] { "L1", "L2" }.Select(code => Candidate(random, orders[at], code))];
        var proposal = SplitAll.Propose(orders[at], shirt, lines);
        if (proposal.Refusal is not null)
            return;
        ImmutableArray<PartTerms> terms =
        [
            .. proposal.Outcome.Select(
                (p, i) => new PartTerms(lines.Single(l => l.Line.Code == p.Line), p.Units, i, i == 0 ? null : NextNumber(i - 1))
            ),
        ];
        var done = SplitAll.Carry(orders[at], shirt, terms, PrecisionOf, Given.Ana, Given.T1).Outcome;
        Replace(at, done.Order, [.. done.Parts]);
    }

    public void Undo(Random random)
    {
        var at = random.Next(orders.Count);
        var parent = orders.FindIndex(o => o.Number == orders[at].Parent);
        if (parent < 0 || UndoSplit.Decide(orders[parent], orders[at], Given.Ana, Given.T1) is not { Refusal: null } undone)
            return;
        (orders[parent], orders[at]) = (undone.Outcome.Order, undone.Outcome.Closed);
    }

    public void Cancel(Random random)
    {
        // Seldom the whole: a chain that is closed at once tests nothing.
        var at = random.Next(orders.Count);
        if (at == 0 && random.Next(4) > 0)
            return;
        var stock = new ProductionStock([.. lots.Values], [], []);
        var cancelled = CancelOrder.Decide(orders[at], orders, stock, [], Today, "ana", Given.T1);
        if (cancelled.Refusal is not null)
            return;
        foreach (var order in cancelled.Outcome.Orders)
            orders[orders.FindIndex(o => o.Number == order.Number)] = order;
        foreach (var lot in cancelled.Outcome.Lots)
            lots[lot.Code] = lot;
    }

    public void Check()
    {
        Assert.Equal(first.Quantity, orders.Sum(o => o.Quantity - o.Moved));
        Assert.All(orders, o => Assert.True(o.Quantity > 0));
        for (var i = 0; i < (first.Matrix?.Cells.Length ?? 0); i++)
        {
            var cell = first.Matrix!.Cells[i];
            Assert.Equal(cell.Planned, orders.Sum(o => o.Matrix!.Cells[i].Planned - o.Matrix.Cells[i].Moved));
            Assert.All(orders, o => Assert.Equal((cell.X, cell.Y), (o.Matrix!.Cells[i].X, o.Matrix.Cells[i].Y)));
            Assert.All(orders, o => Assert.True(o.Matrix!.Cells[i].Planned >= 0));
        }

        if (first.Matrix is { } m && m.PlannedTotal == first.Quantity)
            Assert.All(orders, o => Assert.Equal(o.Quantity, o.Matrix!.PlannedTotal));
        CheckAllocations();
    }

    /// <summary>What a lot counts as reserved is what the open orders have of it; with what was given back that is all of it.</summary>
    private void CheckAllocations()
    {
        var all = orders.SelectMany(o => o.Allocations).ToLookup(a => a.Lot);
        foreach (var whole in first.Allocations)
        {
            Assert.Equal(whole.Quantity, all[whole.Lot].Sum(a => a.Quantity));
            var reserved = all[whole.Lot].Where(a => a.State == AllocationState.Reserved).Sum(a => a.Quantity);
            Assert.Equal(lots[whole.Lot].Reserved, reserved);
        }

        Assert.Equal(first.Allocations.Length, all.Count);
        foreach (var order in orders)
        {
            var open = order.Allocations.Where(a => a.State == AllocationState.Reserved).ToArray();
            Assert.All(open, a => Assert.True(a.Quantity > 0 && Quantities.Fits(a.Quantity, Given.Precision(a.Material))));
            Assert.Equal(open.Length, open.Select(a => a.Lot).Distinct().Count());
            Assert.True(order.IsOpen || open.Length == 0);
        }
    }

    private int PrecisionOf(string material) => material == "CAMISA" ? precision : Given.Precision(material);

    private string NextNumber(int further) => $"WO-{orders.Count + further + 100:0000}";

    private void Replace(int at, ProductionOrder order, params ProductionOrder[] made)
    {
        orders[at] = order;
        orders.AddRange(made);
    }

    // Of a third of the order or more, so that "dividir todo" stays short.
    private static ProductionLine LineFor(Random random, ProductionOrder order, string code = "L1") =>
        Given.Line(Math.Max(1, order.Quantity * random.Next(34, 140) / 100), code);

    private static LineCandidate Candidate(Random random, ProductionOrder order, string code) =>
        new(LineFor(random, order, code), Given.Makes(code, random.Next(1, 3)), random.Next(1000));

    private static Lot LotOf(Allocation a) =>
        new(
            a.Lot,
            a.Material,
            LotStatus.Available,
            a.Quantity,
            a.Quantity,
            a.Quantity,
            null,
            null,
            null,
            "BOD-MP",
            ImmutableDictionary<string, string>.Empty,
            false,
            null,
            null,
            Given.T0,
            1
        );
}
