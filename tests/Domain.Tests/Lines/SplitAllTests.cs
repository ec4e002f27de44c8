using System.Collections.Immutable;
using Manufactura.Domain.Lines;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Tests.Lines;

public class SplitAllTests
{
    /// <summary>Lines as code:capacity kg:priority:assigned kg; a shirt weighs half a kilogram.</summary>
    [Theory]
    [InlineData(300, "L1:150:1:0", "L1 300")]
    [InlineData(700, "L1:150:1:0", "L1 300, L1 300, L1 100")]
    [InlineData(500, "L1:150:1:0 L2:100:2:0", "L1 300, L2 200")]
    [InlineData(500, "L1:150:2:0 L2:100:1:0", "L2 200, L1 300")]
    [InlineData(1000, "L1:150:1:0 L2:100:2:0", "L1 300, L2 200, L1 300, L2 200")]
    [InlineData(300, "L1:150:5:60 L2:150:5:30", "L2 300")]
    [InlineData(100, "L1:150:5:60 L2:150:5:30", "L2 100")]
    [InlineData(100, "L1:150:1:140 L2:150:2:0", "L2 100")]
    [InlineData(100, "L2:150:5:0 L1:150:5:0", "L1 100")]
    public void Parts_go_to_the_earliest_shift_then_by_priority_then_by_load(int quantity, string lines, string parts)
    {
        var proposal = SplitAll.Propose(Given.Order(quantity), Given.Shirt(), Lines(lines)).Outcome;
        Assert.Equal(parts, string.Join(", ", proposal.Select(p => $"{p.Line} {p.Units}")));
    }

    [Fact]
    public void Nothing_proposed_exceeds_and_all_of_it_is_proposed() =>
        Property.Holds(
            1_000,
            random =>
            {
                var order = Given.Order(random.Next(1, 5000));
                LineCandidate[] lines =
                [
                    .. Enumerable
                        .Range(1, random.Next(1, 6))
                        .Select(i => new LineCandidate(
                            Given.Line(random.Next(20, 200), $"L{i}"),
                            Given.Makes($"L{i}", random.Next(1, 4)),
                            random.Next(300)
                        )),
                ];
                var parts = SplitAll.Propose(order, Given.Shirt(), lines).Outcome;
                Assert.Equal(order.Quantity, parts.Sum(p => p.Units));
                foreach (var part in parts)
                    Assert.InRange(
                        part.Units,
                        1,
                        LineCapacity.Units(lines.Single(l => l.Line.Code == part.Line).Line.CapacityKg, 0.5m)
                    );
            }
        );

    [Theory]
    [InlineData("", "no-line")]
    [InlineData("L1:0.4:1:0", "unit-too-heavy")]
    [InlineData("L1:1:1:0", "too-many-parts")]
    public void Without_a_line_that_can_make_it_there_is_no_proposal(string lines, string code) =>
        Assert.Equal(code, SplitAll.Propose(Given.Order(1000), Given.Shirt(), Lines(lines)).Refusal?.Code);

    [Theory]
    [InlineData(OrderStatus.InProgress)]
    [InlineData(OrderStatus.Done)]
    [InlineData(OrderStatus.Cancelled)]
    public void An_order_that_was_started_is_not_divided(OrderStatus status) =>
        Assert.Equal(
            "invalid-state",
            SplitAll.Propose(Given.Order(1000, status), Given.Shirt(), Lines("L1:150:1:0")).Refusal?.Code
        );

    [Fact]
    public void Carried_out_every_part_is_on_its_line_and_comes_from_the_original()
    {
        var order = Given.WithMatrix(OrderStatus.Planned, MatrixState.Planned, [200, 150], [250, 100]);
        var done = Carry(order, 300, 300, 100).Outcome;
        Assert.Equal((300, "L1", 1), (done.Order.Quantity, done.Order.Line, done.Order.LinePosition));
        Assert.Equal(
            ["WO-0101 300 L1 2 WO-0007", "WO-0102 100 L1 3 WO-0007"],
            done.Parts.Select(p => $"{p.Number} {p.Quantity} {p.Line} {p.LinePosition} {p.Parent}")
        );
        Assert.All(done.Parts, p => Assert.Equal("Dividida desde OP WO-0007", p.Observations));
        Assert.All(done.Parts.Append(done.Order), o => Assert.Equal(o.Quantity, o.Matrix!.PlannedTotal));
        for (var i = 0; i < 4; i++)
            Assert.Equal(order.Matrix!.Cells[i].Planned, done.Parts.Append(done.Order).Sum(o => o.Matrix!.Cells[i].Planned));
    }

    [Theory]
    [InlineData("validation", 300, 300)]
    [InlineData("validation", 300, 300, 200)]
    [InlineData("exceeds-capacity", 100, 600)]
    [InlineData("exceeds-capacity", 600, 100)]
    public void Parts_that_do_not_add_up_or_do_not_fit_change_nothing(string code, params int[] units) =>
        Assert.Equal(code, Carry(Given.Order(700), [.. units.Select(u => (decimal)u)]).Refusal?.Code);

    private static Decision<DividedOrder> Carry(ProductionOrder order, params decimal[] units)
    {
        var line = Lines("L1:150:1:0").Single();
        ImmutableArray<PartTerms> parts =
        [
            .. units.Select((u, i) => new PartTerms(line, u, i + 1, i == 0 ? null : $"WO-010{i}")),
        ];
        return SplitAll.Carry(order, Given.Shirt(), parts, Given.Precision, Given.Luis, Given.T1);
    }

    private static IEnumerable<LineCandidate> Lines(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => l.Split(':'))
            .Select(l => new LineCandidate(
                Given.Line(decimal.Parse(l[1], System.Globalization.CultureInfo.InvariantCulture), l[0]),
                Given.Makes(l[0], int.Parse(l[2])),
                int.Parse(l[3])
            ));
}
