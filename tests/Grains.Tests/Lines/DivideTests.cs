using System.Collections.Immutable;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.ProductionOrders;
using static Manufactura.Grains.Tests.Lines.LineFixture;

namespace Manufactura.Grains.Tests.Lines;

/// <summary>"Dividir todo" and "Deshacer división".</summary>
public sealed class DivideTests(LineFixture plant) : IClassFixture<LineFixture>
{
    [Fact]
    public async Task A_proposal_changes_nothing_and_is_carried_out_as_approved()
    {
        var number = await plant.MakeAsync(1100);
        var plan = Ok(await plant.Order(number).ProposeSplit());
        Assert.Equal(1100, plan.Parts.Sum(p => p.Units));
        Assert.All(plan.Parts, p => Assert.True(p.Units <= (p.Line == "L1" ? 300 : 200)));
        Assert.Null((await plant.ReadAsync(number)).Line);
        var done = Ok(await plant.Order(number).SplitAll(plan, Ana));
        Assert.Equal(
            plan.Parts.Select(p => $"{p.Line} {p.Units}"),
            ((IEnumerable<OrderView>)[done.Order, .. done.Parts]).Select(o => $"{o.Line} {o.Quantity}")
        );
        Assert.All(done.Parts, p => Assert.Equal(number, p.Parent));
        var places = await plant.ScalarAsync<long>(
            "select count(*) - count(distinct (line, line_position)) from production_order where line is not null and status = 'Planned'"
        );
        Assert.Equal(0, places);
        await plant.SoundAsync();
    }

    [Theory]
    [InlineData("L1", 300, "L1", 300, "validation")] // do not add up
    [InlineData("L1", 400, "L1", 100, "exceeds-capacity")]
    [InlineData("L1", 300, "L3", 200, "line-incompatible")]
    [InlineData("L1", 300, "L9", 200, "line-inactive")]
    [InlineData("L1", 300, "L0", 200, "validation")]
    [InlineData("L1", 500, "L1", 0, "validation")]
    public async Task A_plan_that_does_not_hold_changes_nothing(string first, int units, string second, int more, string code)
    {
        var number = await plant.MakeAsync(500);
        var refused = await plant.Order(number).SplitAll(new([new(first, units), new(second, more)]), Ana);
        Assert.Equal(code, refused.Problem!.Code);
        var order = await plant.ReadAsync(number);
        Assert.Equal((500, null), (order.Quantity, order.Line));
        Assert.Equal(0L, await plant.ScalarAsync<long>($"select count(*) from production_order where parent = '{number}'"));
    }

    [Fact]
    public async Task A_division_taken_back_gives_the_order_everything_again()
    {
        var number = await plant.MakeAsync(1000, "J", matrix: Jeans);
        Ok(await plant.Order(number).Reserve(Ana));
        var before = await plant.ReadAsync(number);
        var part = Ok(await plant.Order(number).AssignLine("L1", true, Ana)).Rest!.Number;
        Ok(await plant.Order(part).AssignLine("L2", false, Ana));
        var whole = Ok(await plant.Order(number).UndoSplit(part, Ana));
        Assert.Equal((1000, null), (whole.Order.Quantity, whole.Order.Line));
        var (order, closed) = (await plant.ReadAsync(number), await plant.ReadAsync(part));
        Assert.Equal(before.Matrix!.Cells.Select(c => c.Planned), order.Matrix!.Cells.Select(c => c.Planned));
        Assert.Equal(Allocations.ReservedOf(before.Allocations, "T"), Allocations.ReservedOf(order.Allocations, "T"));
        Assert.Equal((OrderStatus.Cancelled, 0m), (closed.Status, Allocations.ReservedOf(closed.Allocations, "T")));
        foreach (var line in (string[])["L1", "L2"])
            Assert.DoesNotContain((await plant.LoadAsync(line)).Queue, q => q.Number == number || q.Number == part);
        await plant.SoundAsync();
    }

    [Fact]
    public async Task What_was_started_or_never_divided_is_not_merged()
    {
        var (number, stranger) = (await plant.MakeAsync(500), await plant.MakeAsync(10));
        var part = Ok(await plant.Order(number).AssignLine("L1", true, Ana)).Rest!.Number;
        var no = (await plant.Order(number).UndoSplit(stranger, Ana)).Problem!;
        Assert.Equal($"La orden {stranger} no se dividió desde {number}.", no.Es);
        Ok(await plant.Order(part).Start(Ana));
        no = (await plant.Order(number).UndoSplit(part, Ana)).Problem!;
        Assert.Equal($"La orden {part} ya se inició o se cerró: la división no se puede deshacer.", no.Es);
        Assert.Equal("not-found", (await plant.Order(number).UndoSplit("WO-9999", Ana)).Problem!.Code);
    }
}
