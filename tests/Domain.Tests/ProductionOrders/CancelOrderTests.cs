using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.ProductionOrders;

public class CancelOrderTests
{
    [Fact]
    public void Cancelling_a_done_order_gives_everything_back_and_says_how_many_movements()
    {
        var (order, stock) = FinishedChairs();

        var cancellation = Cancel(order, [], stock, ["JE-0015"]).Outcome;

        Assert.Equal(
            ["Se eliminaron 6 movimientos de inventario asociados.", "Orden WO-0001 cancelada exitosamente."],
            cancellation.Messages.Select(m => m.Es)
        );
        Assert.Contains("JE-0015", Assert.Single(cancellation.Warnings).Es);
        Same(["WO-0001"], cancellation.VanishedLots);
        var vanished = cancellation.Lots.Single(l => l.Code == "WO-0001");
        Assert.Equal((0m, LotStatus.Depleted), (vanished.OnHand, vanished.Status));
        Assert.All(
            ChairStock,
            before => Assert.Equal(before.OnHand, cancellation.Lots.Single(l => l.Code == before.Code).OnHand)
        );
        Assert.Equal((OrderStatus.Cancelled, 0m), (cancellation.Orders[0].Status, cancellation.Orders[0].Produced));
    }

    [Theory]
    [InlineData(OrderStatus.Draft)]
    [InlineData(OrderStatus.Planned)]
    [InlineData(OrderStatus.InProgress)]
    public void Cancelling_an_order_that_moved_nothing_releases_its_reservations(OrderStatus status)
    {
        var order = (Chairs() with { Status = status }).Reserving("L-ASI", "ASIENTO", 10);
        var stock = new ProductionStock([Lot("L-ASI", "ASIENTO", 10, reserved: 10)], [], []);

        var cancellation = Cancel(order, [], stock).Outcome;

        Assert.Equal(["Orden WO-0001 cancelada exitosamente."], cancellation.Messages.Select(m => m.Es));
        Assert.Empty(cancellation.Warnings);
        Same([new ReleasedAllocation("WO-0001", "L-ASI", 10)], cancellation.Released);
        Assert.Equal((10m, LotStatus.Available), (cancellation.Lots[0].Available, cancellation.Lots[0].Status));
        Same([new Allocation("L-ASI", "ASIENTO", 10, AllocationState.Released)], cancellation.Orders[0].Allocations);
    }

    [Fact]
    public void A_produced_lot_that_was_used_forbids_it_naming_where()
    {
        var (order, stock) = FinishedChairs();
        var sold = new RecordedMovement(99, new(MovementType.ProductionOut, "SILLA", "WO-0001", "BOD-PT", -2, "WO-0009"));
        var reserved = new LotAllocation("WO-0011", "WO-0001", 3, null, 5, At);

        var refusal = Cancel(order, [], stock with { Movements = stock.Movements.Add(sold), Allocations = [reserved] }).Refusal!;

        Assert.Equal("lot-used", refusal.Code);
        Assert.Equal(
            "No se puede cancelar: lo producido ya se usó (WO-0001 en WO-0009 (consumido 2); WO-0001 en WO-0011 (reservado 3)).",
            refusal.Es
        );
    }

    [Fact]
    public void A_cancelled_order_stays_cancelled() =>
        Assert.Equal(
            "La orden ya está cancelada.",
            Cancel(Chairs() with { Status = OrderStatus.Cancelled }, [], Nothing).Refusal?.Es
        );

    [Fact]
    public void A_partial_order_is_not_cancelled_by_itself() =>
        Assert.Contains(
            "deshaga la última producción de WO-0007",
            Cancel(Chairs() with { Kind = OrderKind.Partial, Parent = "WO-0007" }, [], Nothing).Refusal?.Es
        );

    [Fact]
    public void Partial_orders_and_the_backorder_chain_go_with_it_and_split_orders_do_not()
    {
        var lots = ImmutableArray.Create(Lot("T1", "TELA", 40, reserved: 30));
        var exploded = ExplosionStockTests.Explode(Shirts(10, 10, 6, 2).Reserving("T1", "TELA", 30), lots).Outcome;
        var backorder = exploded.Explosion.Backorder!;
        var split = backorder with { Number = "WO-0008", Kind = OrderKind.Split, Parent = "WO-0007", Allocations = [] };
        var after = lots.After(exploded.Uses);
        var stock = new ProductionStock([.. after, .. exploded.Products], Booked(exploded.Movements), []);

        var cancellation = Cancel(exploded.Explosion.Order, [.. exploded.Explosion.Partials, backorder, split], stock).Outcome;

        Assert.Equal(["WO-0007", "WO-0007-01", "WO-0007-02", "WO-0007-R1"], cancellation.Orders.Select(o => o.Number));
        Assert.All(cancellation.Orders, o => Assert.Equal(OrderStatus.Cancelled, o.Status));
        Assert.Equal("Se eliminaron 4 movimientos de inventario asociados.", cancellation.Messages[0].Es);
        var cloth = cancellation.Lots.Single(l => l.Code == "T1");
        Assert.Equal((40m, 0m, after[0].Version + 1), (cloth.OnHand, cloth.Reserved, cloth.Version));
    }

    private static readonly ProductionStock Nothing = new([], [], []);

    private static (ProductionOrder, ProductionStock) FinishedChairs()
    {
        var finish = FinishOrder.Decide(Chairs(), null, ChairStock, MaterialOf, Today, At).Outcome;
        return (
            finish.Order,
            new ProductionStock([.. ChairStock.After(finish.Uses), finish.Product], Booked(finish.Movements), [])
        );
    }

    private static Decision<Cancellation> Cancel(
        ProductionOrder order,
        ProductionOrder[] descendants,
        ProductionStock stock,
        params string[] entries
    ) => CancelOrder.Decide(order, descendants, stock, [.. entries], Today, "ana", At);
}
