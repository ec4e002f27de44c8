using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.ProductionOrders;

public class ReserveMaterialsTests
{
    [Fact]
    public void What_there_is_gets_reserved_and_what_is_missing_is_told()
    {
        ImmutableArray<Lot> stock = [Lot("L-ASI", "ASIENTO", 4), .. ChairStock.Where(l => l.Material != "ASIENTO")];

        var reservation = Reserve(Chairs(), stock).Outcome;

        Same([new Shortage("ASIENTO", 10, 4)], reservation.Shortages);
        Same([("ASIENTO", 6m)], reservation.Missing);
        Assert.True(reservation.Order.AwaitsMaterials);
        Assert.Equal([4m, 10m, 10m, 50m, 200m], reservation.Added.Select(a => a.Quantity));
    }

    [Fact]
    public void Reserving_again_asks_only_for_what_is_still_missing()
    {
        var first = Reserve(Chairs(), [Lot("A", "ASIENTO", 4)]).Outcome.Order;

        var second = Reserve(first, [Lot("A", "ASIENTO", 4, 4), Lot("B", "ASIENTO", 50)]).Outcome;

        Assert.Equal(("B", 6m), (second.Added[0].Lot, second.Added[0].Quantity));
        Assert.DoesNotContain(second.Shortages, s => s.Material == "ASIENTO");
    }

    [Fact]
    public void A_fully_covered_order_no_longer_waits()
    {
        var order = Chairs() with { AwaitsMaterials = true };

        Assert.False(Reserve(order, ChairStock).Outcome.Order.AwaitsMaterials);
    }

    [Theory]
    [InlineData("BOD-MP", 0)]
    [InlineData(null, 10)]
    public void Reserving_looks_at_the_origin_or_everywhere_where_there_is_none(string? origin, decimal reserved)
    {
        var order = Chairs() with { OriginLocation = origin };

        var reservation = Reserve(order, [Lot("A", "ASIENTO", 50) with { Location = "BOD-WIP" }]).Outcome;

        Assert.Equal(reserved, Allocations.ReservedOf(reservation.Order.Allocations, "ASIENTO"));
    }

    [Fact]
    public void Only_the_outstanding_quantity_is_needed_rounded_up_as_a_whole()
    {
        var order = Chairs() with { BomLines = [new("ASIENTO", 0.3m, "UN")], Quantity = 10, Produced = 4 };

        // ⌈0.3 × 10⌉ − ⌈0.3 × 4⌉: what was rounded up before is not needed again.
        Assert.Equal(1, Assert.Single(ReserveMaterials.Needs(order, _ => 0).AsEnumerable()).Required);
    }

    [Fact]
    public void A_dye_lot_order_stays_with_the_lot_it_has()
    {
        Material Dye(string code) => MaterialOf(code) with { AllocationPolicy = AllocationPolicy.SingleLot };
        var order = (Chairs() with { BomLines = [new("TELA", 1, "M")] }).Reserving("A", "TELA", 4);

        var other = ReserveMaterials.Decide(order, Dye, _ => [LotCandidate.Of(Lot("B", "TELA", 50))], Today, At).Outcome;
        var same = ReserveMaterials.Decide(order, Dye, _ => [LotCandidate.Of(Lot("A", "TELA", 10, 4))], Today, At).Outcome;

        Assert.Empty(other.Added);
        Same([new Allocation("A", "TELA", 6, AllocationState.Reserved)], same.Added);
    }

    [Theory]
    [InlineData(OrderStatus.Done)]
    [InlineData(OrderStatus.Cancelled)]
    public void A_closed_order_reserves_nothing(OrderStatus status)
    {
        Assert.NotNull(Reserve(Chairs() with { Status = status }, ChairStock).Refusal);
        Assert.NotNull(ReserveMaterials.Release(Chairs() with { Status = status }, null, At).Refusal);
    }

    [Fact]
    public void Releasing_by_hand_takes_one_material_or_all_and_the_order_waits_for_nothing()
    {
        var order = Reserve(Chairs(), ChairStock).Outcome.Order with { AwaitsMaterials = true };

        var one = ReserveMaterials.Release(order, "RUEDA", At).Outcome;
        var all = ReserveMaterials.Release(order, null, At).Outcome;

        Same([new Allocation("L-RUE", "RUEDA", 50, AllocationState.Reserved)], one.Released);
        Assert.Equal(0, Allocations.ReservedOf(one.Order.Allocations, "RUEDA"));
        Assert.Equal(10, Allocations.ReservedOf(one.Order.Allocations, "BASE"));
        Assert.Equal(5, all.Released.Length);
        Assert.False(all.Order.AwaitsMaterials);
    }

    [Fact]
    public void An_order_that_lost_a_part_of_a_lot_waits_for_it()
    {
        var order = Chairs().Reserving("A", "ASIENTO", 10);

        var after = ReserveMaterials.Lose(order, new("WO-0001", "A", 3), At);

        Assert.Equal(7, Allocations.ReservedOf(after.Allocations, "ASIENTO"));
        Assert.True(after.AwaitsMaterials);
        Assert.Same(order, ReserveMaterials.Lose(order, new("WO-0001", "B", 3), At));
    }

    private static Decision<Reservation> Reserve(ProductionOrder order, ImmutableArray<Lot> stock) =>
        ReserveMaterials.Decide(order, MaterialOf, c => stock.Where(l => l.Material == c).Select(LotCandidate.Of), Today, At);
}
