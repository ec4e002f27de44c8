using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.Lots;

public class LotRulesTests
{
    private static readonly Material Cloth = MaterialOf("TELA");
    private static readonly Material Bulk = Cloth with { LotTracked = false };

    [Fact]
    public void A_registered_lot_enters_in_quarantine_with_total_equal_to_available()
    {
        var change = Register(Cloth, 12.5m, null).Outcome;

        Assert.Equal(LotStatus.Quarantine, change.Lot.Status);
        Assert.Equal((12.5m, 12.5m, 12.5m), (change.Lot.Quantity, change.Lot.OnHand, change.Lot.Available));
        var movement = Assert.Single(change.Movements.AsEnumerable());
        Assert.Equal((MovementType.PurchaseIn, 12.5m, "RQ-0004"), (movement.Type, movement.Quantity, movement.Reference));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1.001)]
    public void A_quantity_must_be_above_zero_and_fit_the_unit(decimal quantity) =>
        Assert.Equal("validation", Register(Cloth, quantity, null).Refusal?.Code);

    [Fact]
    public void Bulk_material_is_added_to_the_lot_of_its_location_without_release()
    {
        var first = Register(Bulk, 5, null, expires: null).Outcome.Lot;
        Assert.Equal((LotStatus.Available, true), (first.Status, first.Bulk));

        var empty = LotStock.Consume(first, 0, 5, Today);
        Assert.Equal(LotStatus.Depleted, empty.Status);

        var second = Register(Bulk, 7, empty, expires: null).Outcome;
        Assert.Equal((first.Code, 7m, LotStatus.Available), (second.Lot.Code, second.Lot.OnHand, second.Lot.Status));
        Assert.Equal(7, second.Movements[0].Quantity);
    }

    [Fact]
    public void Bulk_material_takes_no_expiry() => Assert.Equal("validation", Register(Bulk, 5, null).Refusal?.Code);

    [Theory]
    [InlineData(InspectionDecision.Release, LotStatus.Available)]
    [InlineData(InspectionDecision.Reject, LotStatus.Rejected)]
    [InlineData(InspectionDecision.Keep, LotStatus.Quarantine)]
    public void An_inspection_decides_of_a_lot_in_quarantine(InspectionDecision decision, LotStatus becomes)
    {
        var inspected = Inspect(Register(Cloth, 5, null).Outcome.Lot, decision).Outcome;

        Assert.Equal(becomes, inspected.Lot.Status);
        Assert.Equal(("calidad", At), (inspected.Inspection.By, inspected.Inspection.At));
        Assert.Null(inspected.Warning);
    }

    [Theory]
    [InlineData(LotStatus.Available, "disponible")]
    [InlineData(LotStatus.Rejected, "rechazado")]
    [InlineData(LotStatus.Depleted, "agotado")]
    [InlineData(LotStatus.Expired, "vencido")]
    public void Any_other_lot_is_not_inspected(LotStatus status, string word)
    {
        foreach (var decision in Enum.GetValues<InspectionDecision>())
            Assert.Equal(
                $"El lote L no está en cuarentena ({word}).",
                Inspect(Lot("L", "TELA", 5) with { Status = status }, decision).Refusal?.Es
            );
    }

    [Fact]
    public void Releasing_a_lot_whose_date_has_come_never_makes_it_available()
    {
        var inspected = Inspect(
            Lot("L", "TELA", 5, expires: Today) with
            {
                Status = LotStatus.Quarantine,
            },
            InspectionDecision.Release
        ).Outcome;

        Assert.Equal(LotStatus.Expired, inspected.Lot.Status);
        Assert.Equal("El lote L venció el 23 nov 2025: queda Vencido, no Disponible.", inspected.Warning?.Es);
    }

    [Theory]
    [InlineData(10, 4, 6, 4, 0, LotStatus.Depleted)]
    [InlineData(10, 4, 5, 4, 0, LotStatus.Available)]
    [InlineData(10, 4, 8, 2, 2, LotStatus.Depleted)]
    [InlineData(10, 4, 10, 0, 4, LotStatus.Depleted)]
    public void Scrapping_into_reservations_releases_them(
        decimal onHand,
        decimal reserved,
        decimal scrap,
        decimal stillReserved,
        decimal released,
        LotStatus status
    )
    {
        var lot = Lot("L", "TELA", onHand, reserved);

        var change = ChangeLotQuantity.Scrap(lot, Cloth, scrap, "rotura", [Open("WO-1", reserved)], Today).Outcome;

        Assert.Equal((onHand - scrap, stillReserved, status), (change.Lot.OnHand, change.Lot.Reserved, change.Lot.Status));
        Assert.Equal(released, change.Released.Sum(r => r.Quantity));
        Assert.Equal(
            (MovementType.ScrapOut, -scrap, "rotura"),
            (change.Movements[0].Type, change.Movements[0].Quantity, change.Movements[0].Reason)
        );
    }

    [Fact]
    public void The_least_urgent_order_loses_first()
    {
        ImmutableArray<LotAllocation> open =
        [
            Open("LATE", 3) with
            {
                DueDate = Today.AddDays(9),
            },
            Open("NEVER", 3),
            Open("SOON-LOW", 3) with
            {
                DueDate = Today,
                Priority = 9,
            },
            Open("SOON", 3) with
            {
                DueDate = Today,
            },
        ];

        var change = ChangeLotQuantity.Adjust(Lot("L", "TELA", 12, 12), Cloth, -8, "conteo", open, Today).Outcome;

        Assert.Equal([("NEVER", 3m), ("LATE", 3m), ("SOON-LOW", 2m)], change.Released.Select(r => (r.Order, r.Quantity)));
    }

    [Fact]
    public void An_adjustment_is_the_signed_difference()
    {
        var up = ChangeLotQuantity.Adjust(Lot("L", "TELA", 0), Cloth, 2.5m, "conteo", [], Today).Outcome;
        Assert.Equal((2.5m, LotStatus.Available), (up.Lot.OnHand, up.Lot.Status));
        Assert.Equal(MovementType.AdjustmentIn, up.Movements[0].Type);

        var down = ChangeLotQuantity.Adjust(up.Lot, Cloth, -2.5m, "conteo", [], Today).Outcome;
        Assert.Equal((0m, LotStatus.Depleted), (down.Lot.OnHand, down.Lot.Status));
        Assert.Equal((MovementType.AdjustmentOut, -2.5m), (down.Movements[0].Type, down.Movements[0].Quantity));
    }

    [Theory]
    [InlineData(-6, "motivo", "insufficient-stock")]
    [InlineData(0, "motivo", "validation")]
    [InlineData(1, " ", "validation")]
    [InlineData(0.001, "motivo", "validation")]
    public void A_wrong_adjustment_is_refused(decimal difference, string reason, string code) =>
        Assert.Equal(code, ChangeLotQuantity.Adjust(Lot("L", "TELA", 5), Cloth, difference, reason, [], Today).Refusal?.Code);

    [Fact]
    public void A_depleted_lot_whose_date_has_come_does_not_become_available_again()
    {
        var lot = Lot("L", "TELA", 5, 5, expires: Today);

        Assert.Equal(LotStatus.Expired, LotStock.Unreserve(lot, 5, Today).Status);
    }

    [Theory]
    [InlineData(LotStatus.Available, 0, 5, 0, true)]
    [InlineData(LotStatus.Depleted, 0, 5, 5, true)]
    [InlineData(LotStatus.Quarantine, 0, 5, 0, true)]
    [InlineData(LotStatus.Available, 1, 5, 0, false)]
    [InlineData(LotStatus.Depleted, 0, 0, 0, false)]
    [InlineData(LotStatus.Rejected, 0, 5, 0, false)]
    [InlineData(LotStatus.Expired, 0, 5, 0, false)]
    public void A_lot_with_stock_expires_on_its_day(
        LotStatus status,
        int daysLeft,
        decimal onHand,
        decimal reserved,
        bool expires
    )
    {
        var lot = Lot("L", "TELA", onHand, reserved, Today.AddDays(daysLeft)) with { Status = status };

        var change = ExpireLot.Decide(lot, reserved > 0 ? [Open("WO-1", reserved)] : [], Today);

        Assert.Equal(expires, change is not null);
        if (change is null)
            return;
        Assert.Equal((LotStatus.Expired, 0m, onHand), (change.Lot.Status, change.Lot.Reserved, change.Lot.OnHand));
        Assert.Equal(reserved, change.Released.Sum(r => r.Quantity));
    }

    [Fact]
    public void Reserving_the_last_of_a_lot_depletes_it_and_no_more_can_be_reserved()
    {
        var lot = LotStock.Reserve(Lot("L", "TELA", 5), 5, Today).Outcome;

        Assert.Equal((LotStatus.Depleted, 0m), (lot.Status, lot.Available));
        Assert.NotNull(LotStock.Reserve(lot, 0.01m, Today).Refusal);
        Assert.Equal("insufficient-stock", LotStock.Reserve(Lot("L", "TELA", 5), 6, Today).Refusal?.Code);
        Assert.Equal("invalid-state", LotStock.Reserve(Lot("L", "TELA", 5, expires: Today), 1, Today).Refusal?.Code);
    }

    [Fact]
    public void Movement_words_are_those_of_the_domain_and_can_be_read_back()
    {
        Assert.Equal("PRODUCTION_OUT", MovementType.ProductionOut.Word());
        Assert.All(Enum.GetValues<MovementType>(), t => Assert.Equal(t, MovementTypes.Parse(t.Word())));
        Assert.Null(MovementTypes.Parse("PURCHASE_OUT"));
    }

    private static LotAllocation Open(string order, decimal quantity) => new(order, "L", quantity, null, 5, At);

    private static Decision<LotChange> Register(Material material, decimal quantity, Lot? bulk) =>
        Register(material, quantity, bulk, Today.AddDays(90));

    private static Decision<LotChange> Register(Material material, decimal quantity, Lot? bulk, DateOnly? expires) =>
        RegisterLot.Decide("L-1", new(quantity, expires, "PROV", "PL-9", "BOD-MP", "RQ-0004"), material, bulk, Today, At);

    private static Decision<InspectedLot> Inspect(Lot lot, InspectionDecision decision) =>
        InspectLot.Decide(lot, decision, null, null, Today, "calidad", At);
}
