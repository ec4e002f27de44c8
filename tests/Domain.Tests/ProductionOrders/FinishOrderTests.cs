using System.Collections.Immutable;
using Manufactura.Domain.Accounting;
using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.ProductionOrders;

public class FinishOrderTests
{
    [Fact]
    public void The_ten_chairs_of_the_seed_give_six_movements_and_an_entry_of_1500()
    {
        var finish = Finish(Chairs(), ChairStock).Outcome;

        Assert.Equal(OrderStatus.Done, finish.Order.Status);
        Assert.Equal(10, finish.Order.Produced);
        Assert.Equal(
            [
                (MovementType.ProductionOut, "ASIENTO", "BOD-MP", -10m),
                (MovementType.ProductionOut, "RESPALDO", "BOD-MP", -10m),
                (MovementType.ProductionOut, "BASE", "BOD-MP", -10m),
                (MovementType.ProductionOut, "RUEDA", "BOD-MP", -50m),
                (MovementType.ProductionOut, "TORNILLO", "BOD-MP", -200m),
                (MovementType.ProductionIn, "SILLA", "BOD-PT", 10m),
            ],
            finish.Movements.Select(m => (m.Type, m.Material, m.Location, m.Quantity))
        );
        Assert.All(finish.Movements, m => Assert.Equal("WO-0001", m.Reference));
        Assert.Equal("WO-0001", finish.Product.Code);
        Assert.Equal(LotStatus.Available, finish.Product.Status);
        Assert.Equal("Orden WO-0001 terminada. Se crearon 6 movimientos de inventario.", finish.Message.Es);

        var entry = BookProduction
            .Decide("JE-0015", "WO-0001", Today, finish.Uses, MaterialOf, AccountingSettings.Default)
            .Outcome;
        Same([new JournalLine("1430", 1500m, 0), new JournalLine("1405", 0, 1500m)], entry.Lines);
        Assert.Equal("Producción de productos - WO-0001", entry.Description);
        Assert.Equal(new DateOnly(2025, 11, 23), entry.Date);
        Assert.Equal("Asiento contable JE-0015 generado automáticamente.", OrderMessages.EntryCreated(entry.Number).Es);
    }

    [Fact]
    public void Every_short_component_is_named_and_nothing_else()
    {
        ImmutableArray<Lot> stock = [Lot("L-ASI", "ASIENTO", 4), .. ChairStock.Where(l => l.Material is "BASE" or "TORNILLO")];

        var refusal = Finish(Chairs(), stock).Refusal!;

        Assert.Equal("insufficient-stock", refusal.Code);
        Assert.Equal(
            "Stock insuficiente para terminar producción (Asiento: requiere 10, disponible 4; "
                + "Respaldo: requiere 10, disponible 0; Rueda: requiere 50, disponible 0).",
            refusal.Es
        );
        Same(
            [new Shortage("ASIENTO", 10, 4), new Shortage("RESPALDO", 10, 0), new Shortage("RUEDA", 50, 0)],
            (ImmutableArray<Shortage>)refusal.Details!["shortages"]!
        );
    }

    public static TheoryData<string, Lot> LotsThatDoNotCount =>
        new()
        {
            { "reserved by others", Lot("X", "ASIENTO", 10, reserved: 10) },
            { "another location", Lot("X", "ASIENTO", 10) with { Location = "BOD-WIP" } },
            { "expires today", Lot("X", "ASIENTO", 10, expires: Today) },
            { "in quarantine", Lot("X", "ASIENTO", 10) with { Status = LotStatus.Quarantine } },
            { "rejected", Lot("X", "ASIENTO", 10) with { Status = LotStatus.Rejected } },
        };

    [Theory]
    [MemberData(nameof(LotsThatDoNotCount))]
    public void Stock_that_may_not_be_used_counts_as_not_there(string why, Lot lot)
    {
        var refusal = Finish(Chairs(), [lot, .. ChairStock.Where(l => l.Material != "ASIENTO")]).Refusal;

        Assert.True(refusal is not null, why);
        Assert.Contains("(Asiento: requiere 10, disponible 0)", refusal!.Es);
    }

    [Fact]
    public void A_lot_good_until_tomorrow_is_consumed_without_the_margin()
    {
        var stock = ChairStock.SetItem(0, Lot("L-ASI", "ASIENTO", 10, expires: Today.AddDays(1)));

        Assert.Null(Finish(Chairs(), stock).Refusal);
    }

    [Fact]
    public void Own_reservations_are_consumed_first_wherever_they_lie_then_free_lots_by_expiry()
    {
        ImmutableArray<Lot> stock =
        [
            .. ChairStock.Where(l => l.Material != "ASIENTO"),
            Lot("FAR", "ASIENTO", 4, reserved: 4) with
            {
                Location = "BOD-WIP",
            },
            Lot("LATE", "ASIENTO", 20, expires: Today.AddDays(90)),
            Lot("SOON", "ASIENTO", 3, expires: Today.AddDays(5)),
        ];

        var finish = Finish(Chairs().Reserving("FAR", "ASIENTO", 4), stock).Outcome;

        Assert.Equal(
            [("FAR", "BOD-WIP", 4m, 0m), ("SOON", "BOD-MP", 0m, 3m), ("LATE", "BOD-MP", 0m, 3m)],
            finish.Uses.Where(u => u.Material == "ASIENTO").Select(u => (u.Lot, u.Location, u.Own, u.Free))
        );
    }

    [Fact]
    public void A_reservation_of_a_lot_that_expired_by_date_is_not_consumed()
    {
        var stock = ChairStock.SetItem(0, Lot("L-ASI", "ASIENTO", 10, reserved: 10, expires: Today));

        var refusal = Finish(Chairs().Reserving("L-ASI", "ASIENTO", 10), stock).Refusal;

        Assert.Contains("Asiento: requiere 10, disponible 0", refusal?.Es);
    }

    [Fact]
    public void One_lot_partly_reserved_gives_one_movement()
    {
        var stock = ChairStock.SetItem(0, Lot("L-ASI", "ASIENTO", 15, reserved: 4));

        var finish = Finish(Chairs().Reserving("L-ASI", "ASIENTO", 4), stock).Outcome;

        Assert.Equal(new LotUse("WO-0001", "ASIENTO", "L-ASI", "BOD-MP", 4, 6), finish.Uses[0]);
        Assert.Equal(6, finish.Movements.Length);
        Assert.Contains(new Allocation("L-ASI", "ASIENTO", 10, AllocationState.Consumed), finish.Order.Allocations);
    }

    [Fact]
    public void What_was_reserved_beyond_the_need_is_released()
    {
        var stock = ChairStock.SetItem(0, Lot("L-ASI", "ASIENTO", 15, reserved: 12));

        var finish = Finish(Chairs().Reserving("L-ASI", "ASIENTO", 12), stock).Outcome;

        Same([new Allocation("L-ASI", "ASIENTO", 2, AllocationState.Reserved)], finish.Released);
        Assert.DoesNotContain(finish.Order.Allocations, a => a.State == AllocationState.Reserved);
    }

    [Theory]
    [InlineData(OrderStatus.Draft)]
    [InlineData(OrderStatus.Planned)]
    [InlineData(OrderStatus.Done)]
    [InlineData(OrderStatus.Cancelled)]
    public void Only_an_order_in_progress_is_finished(OrderStatus status) =>
        Assert.Equal(
            "Solo se puede terminar una orden en proceso activo.",
            Finish(Chairs() with { Status = status }, ChairStock).Refusal?.Es
        );

    [Fact]
    public void An_order_with_a_matrix_is_finished_by_producing_its_lots() =>
        Assert.Equal("invalid-state", Finish(Shirts(1, 1, 1, 1), []).Refusal?.Code);

    [Theory]
    [InlineData("BOD-MP", null, "BOD-MP", "DEFECTO")]
    [InlineData(null, "BOD-PT", "DEFECTO", "BOD-PT")]
    [InlineData(null, null, "DEFECTO", "DEFECTO")]
    public void Only_the_missing_location_is_filled_with_the_default(
        string? from,
        string? to,
        string origin,
        string destination
    ) =>
        Assert.Equal(
            (origin, destination),
            FinishOrder.Locations(Chairs() with { OriginLocation = from, DestinationLocation = to }, "DEFECTO").Outcome
        );

    [Fact]
    public void Without_any_location_the_seeds_sentence_is_answered()
    {
        var order = Chairs() with { DestinationLocation = null };

        var refusal = FinishOrder.Decide(order, null, ChairStock, MaterialOf, Today, At).Refusal!;

        Assert.StartsWith("No hay ubicación de inventario por defecto:", refusal.Es);
    }

    private static Decision<Finish> Finish(ProductionOrder order, ImmutableArray<Lot> stock) =>
        FinishOrder.Decide(order, "DEFECTO", stock, MaterialOf, Today, At);
}
