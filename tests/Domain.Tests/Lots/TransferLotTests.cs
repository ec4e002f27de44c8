using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using static Manufactura.Domain.Tests.ProductionOrders.ShopFloor;

namespace Manufactura.Domain.Tests.Lots;

public class TransferLotTests
{
    private static readonly Material Cloth = MaterialOf("TELA");

    [Fact]
    public void A_whole_lot_keeps_its_code_and_its_reservations()
    {
        var transfer = Move(Lot("L", "TELA", 10, 4), null).Outcome;

        Assert.Equal(
            ("L", "BOD-WIP", 10m, 4m),
            (transfer.Lot.Code, transfer.Lot.Location, transfer.Lot.OnHand, transfer.Lot.Reserved)
        );
        Assert.Null(transfer.Other);
        Assert.Equal(
            [(MovementType.TransferOut, "BOD-MP", -10m), (MovementType.TransferIn, "BOD-WIP", 10m)],
            transfer.Movements.Select(m => (m.Type, m.Location, m.Quantity))
        );
    }

    [Fact]
    public void A_part_becomes_a_lot_of_its_own_with_the_same_history()
    {
        var lot = Lot("L", "TELA", 10, 4, Today.AddDays(30));

        var transfer = Move(lot, 6).Outcome;

        Assert.Equal((4m, 4m, LotStatus.Depleted), (transfer.Lot.OnHand, transfer.Lot.Reserved, transfer.Lot.Status));
        var part = transfer.Other!;
        Assert.Equal(("L-T1", 6m, 0m, LotStatus.Available), (part.Code, part.OnHand, part.Reserved, part.Status));
        Assert.Equal((lot.ExpiresOn, lot.ReceivedAt, "BOD-WIP"), (part.ExpiresOn, part.ReceivedAt, part.Location));
        Assert.Equal([("L", -6m), ("L-T1", 6m)], transfer.Movements.Select(m => (m.Lot, m.Quantity)));
    }

    [Theory]
    [InlineData(7, "insufficient-stock")]
    [InlineData(11, "insufficient-stock")]
    [InlineData(0, "validation")]
    [InlineData(1.001, "validation")]
    public void What_is_reserved_or_not_there_does_not_move(decimal quantity, string code) =>
        Assert.Equal(code, Move(Lot("L", "TELA", 10, 4), quantity).Refusal?.Code);

    [Fact]
    public void A_lot_does_not_move_to_where_it_is() =>
        Assert.Equal(
            "validation",
            TransferLot.Decide(Lot("L", "TELA", 10), Cloth, "BOD-MP", null, "L-T1", null, Today).Refusal?.Code
        );

    [Fact]
    public void An_empty_lot_has_nothing_to_move() =>
        Assert.Equal("invalid-state", Move(Lot("L", "TELA", 0), null).Refusal?.Code);

    [Fact]
    public void Bulk_goes_from_one_bulk_lot_into_the_other_and_only_what_is_free()
    {
        var here = Lot("TELA@BOD-MP", "TELA", 10, 4) with { Bulk = true };
        var there = Lot("TELA@BOD-WIP", "TELA", 0) with { Bulk = true, Location = "BOD-WIP" };

        var transfer = TransferLot.Decide(here, Cloth, "BOD-WIP", null, "X", there, Today).Outcome;

        Assert.Equal((4m, "BOD-MP"), (transfer.Lot.OnHand, transfer.Lot.Location));
        Assert.Equal(
            ("TELA@BOD-WIP", 6m, LotStatus.Available),
            (transfer.Other!.Code, transfer.Other.OnHand, transfer.Other.Status)
        );

        var first = TransferLot.Decide(here, Cloth, "BOD-PT", 2, "TELA@BOD-PT", null, Today).Outcome.Other!;
        Assert.Equal(("TELA@BOD-PT", 2m, true), (first.Code, first.OnHand, first.Bulk));
    }

    [Theory]
    [InlineData("M", "L", "M@L")]
    [InlineData("A-MATERIAL-CODE-THAT-IS-FORTY-CHARACTERS-X", "A-LOCATION-CODE-OF-TWENTY", "LT-0001")]
    public void Plant_made_codes_fit(string material, string location, string code) =>
        Assert.Equal(code, LotCodes.Bulk(material, location, "LT-0001"));

    private static Decision<Transfer> Move(Lot lot, decimal? quantity) =>
        TransferLot.Decide(lot, Cloth, "BOD-WIP", quantity, LotCodes.Part(lot.Code, 1), null, Today);
}
