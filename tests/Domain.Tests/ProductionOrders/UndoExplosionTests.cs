using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.ProductionOrders;

public class UndoExplosionTests
{
    private static readonly ImmutableArray<Lot> Cloth = [Lot("T1", "TELA", 40, reserved: 30)];

    [Fact]
    public void Produced_and_moved_return_to_the_cells_and_the_orders_below_are_cancelled()
    {
        var exploded = Exploded(6, 2);

        var undone = Undo(exploded).Outcome;

        Assert.Equal(
            [(10m, 0m, 0m), (10m, 0m, 0m)],
            undone.Order.Matrix!.Cells.Select(c => (c.Outstanding, c.Produced, c.Moved))
        );
        Assert.Equal((0m, 0m, 20m), (undone.Order.Produced, undone.Order.Moved, undone.Order.Outstanding));
        Assert.Equal(OrderStatus.InProgress, undone.Order.Status);
        Assert.Equal(["WO-0007-01", "WO-0007-02", "WO-0007-R1"], undone.Cancelled.Select(o => o.Number));
        Assert.All(undone.Cancelled, o => Assert.Equal(OrderStatus.Cancelled, o.Status));
        Same(["WO-0007-01", "WO-0007-02"], undone.VanishedLots);
        var cloth = undone.Lots.Single(l => l.Code == "T1");
        Assert.Equal((40m, 18m), (cloth.OnHand, cloth.Reserved));
        Assert.Equal(18, Allocations.ReservedOf(undone.Order.Allocations, "TELA"));
        Assert.All(
            undone.Order.Matrix.Cells,
            c => Assert.True(c.Version > exploded.Explosion.Order.Matrix!.Find(c.X, c.Y)!.Version)
        );
    }

    [Fact]
    public void A_done_order_is_open_again_and_may_be_exploded_again_under_new_numbers()
    {
        var exploded = Exploded(10, 10);
        Assert.Equal(OrderStatus.Done, exploded.Explosion.Order.Status);

        var undone = Undo(exploded).Outcome.Order;

        Assert.Equal((OrderStatus.InProgress, MatrixState.Progress), (undone.Status, undone.Matrix!.State));
        Assert.Null(undone.FinishedAt);
        Assert.Equal(2, undone.Partials);
    }

    [Fact]
    public void Only_the_last_explosion_is_undone()
    {
        var first = Exploded(6, 0, withBackorder: false).Explosion.Partials[0] with { CreatedAt = At.AddHours(-2) };
        var order = Shirts(10, 10, 0, 5) with { Partials = 1, Produced = 6 };
        order = order with
        {
            Matrix = order.Matrix! with { Cells = order.Matrix.Cells.SetItem(0, order.Matrix.Cells[0] with { Produced = 6 }) },
        };
        var second = ExplosionStockTests.Explode(order, [Lot("T1", "TELA", 40)], withBackorder: false).Outcome;

        var undone = Undo(second, first).Outcome;

        Assert.Equal(["WO-0007-02"], undone.Cancelled.Select(o => o.Number));
        Assert.Equal((6m, 6m), (undone.Order.Produced, undone.Order.Matrix!.Cells[0].Produced));
    }

    public static TheoryData<string, Func<ProductionOrder, ProductionOrder>> Touched =>
        new()
        {
            { "started", o => o with { Status = OrderStatus.InProgress } },
            { "split", o => o with { Quantity = o.Quantity - 1 } },
            { "produced", o => o with { Status = OrderStatus.Done, Produced = o.Quantity, Partials = 1 } },
        };

    [Theory]
    [MemberData(nameof(Touched))]
    public void A_touched_backorder_forbids_it(string how, Func<ProductionOrder, ProductionOrder> touch)
    {
        var exploded = Exploded(6, 2);
        var backorder = touch(exploded.Explosion.Backorder!);

        var refusal = Undo(exploded with { Explosion = exploded.Explosion with { Backorder = backorder } }).Refusal;

        Assert.True(refusal is not null, how);
        Assert.Contains("WO-0007-R1", refusal!.Es);
    }

    [Fact]
    public void A_used_lot_forbids_it()
    {
        var exploded = Exploded(6, 2);
        var sale = new Movement(MovementType.SaleOut, "CAMISA", "WO-0007-01", "BOD-PT", -1, "SO-0003");

        var refusal = Undo(exploded with { Movements = exploded.Movements.Add(sale) }).Refusal;

        Assert.Contains("WO-0007-01 en SO-0003 (vendido 1)", refusal?.Es);
    }

    [Fact]
    public void An_order_above_that_its_chain_had_finished_is_open_again()
    {
        var exploded = Exploded(10, 10);
        var above = Shirts(30, 30, 0, 0) with { Number = "WO-0006", Status = OrderStatus.Done, Moved = 20, FinishedAt = At };

        var reopened = Assert.Single(Undo(exploded, ancestors: [above]).Outcome.Reopened);

        Assert.Equal((OrderStatus.InProgress, (DateTimeOffset?)null), (reopened.Status, reopened.FinishedAt));
    }

    [Fact]
    public void There_must_be_an_explosion_to_undo() =>
        Assert.Equal(
            "invalid-state",
            UndoExplosion.Decide(Shirts(1, 1, 0, 0), Shirt, [], [], new([], [], []), _ => null, Today, "jefe", At).Refusal?.Code
        );

    private static ExplosionStock Exploded(decimal s, decimal m, bool withBackorder = true) =>
        ExplosionStockTests.Explode(Shirts(10, 10, s, m).Reserving("T1", "TELA", 30), Cloth, withBackorder).Outcome;

    private static Decision<UndoneExplosion> Undo(
        ExplosionStock exploded,
        ProductionOrder? earlier = null,
        ProductionOrder[]? ancestors = null
    )
    {
        ImmutableArray<Lot> cloth =
            exploded.Explosion.Order.Allocations.Any(a => a.State == AllocationState.Consumed && a.Quantity > 0)
            && exploded.Uses.Any(u => u.Own > 0)
                ? Cloth
                : [Lot("T1", "TELA", 40)];
        ProductionOrder?[] children = [.. exploded.Explosion.Partials, exploded.Explosion.Backorder, earlier];
        return UndoExplosion.Decide(
            exploded.Explosion.Order,
            Shirt,
            [.. children.OfType<ProductionOrder>()],
            ancestors ?? [],
            new([.. cloth.After(exploded.Uses), .. exploded.Products], Booked(exploded.Movements), []),
            _ => null,
            Today,
            "jefe",
            At
        );
    }
}
