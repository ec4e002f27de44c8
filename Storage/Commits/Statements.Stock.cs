using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Storage.Commits;

internal static partial class Statements
{
    private static Statement[] Stock() =>
        [
            new Statement<LotInsert>()
                .Key(r => r.Code)
                .Text(r => r.Material)
                .Text(r => r.Status)
                .Number(r => r.Quantity)
                .Number(r => r.OnHand)
                .Number(r => r.Reserved)
                .Date(r => r.ExpiresOn)
                .Text(r => r.Supplier)
                .Text(r => r.SupplierLot)
                .Text(r => r.Location)
                .Json(r => r.Attributes)
                .Bool(r => r.Bulk)
                .Text(r => r.ProductionOrder)
                .Text(r => r.Requisition)
                .Instant(r => r.ReceivedAt)
                .Int(r => r.Version),
            new LotStatement(),
            new Statement<InspectionInsert>()
                .Text(r => r.Lot)
                .Text(r => r.Decision)
                .Text(r => r.Result)
                .Text(r => r.Note)
                .Text(r => r.By)
                .Instant(r => r.At),
            new Statement<AllocationSettle>()
                .Key(r => Join(r.ProductionOrder, r.Lot))
                .Text(r => r.ProductionOrder)
                .Text(r => r.Lot)
                .Number(r => r.Quantity)
                .Text(r => r.State)
                .Instant(r => r.SettledAt)
                .Number(r => r.Part ?? r.Quantity),
            new Statement<AllocationReduce>()
                .Key(r => Join(r.ProductionOrder, r.Lot))
                .Text(r => r.ProductionOrder)
                .Text(r => r.Lot)
                .Number(r => r.Quantity),
            new Statement<AllocationReturn>()
                .Key(r => Join(r.ProductionOrder, r.Lot))
                .Text(r => r.ProductionOrder)
                .Text(r => r.Lot)
                .Number(r => r.Quantity)
                .Instant(r => r.At),
            new Statement<AllocationInsert>()
                .Key(r => Join(r.ProductionOrder, r.Lot, r.State))
                .Guard(r => r.State == "Reserved" ? Join(r.ProductionOrder, r.Lot, r.State) : null)
                .Text(r => r.ProductionOrder)
                .Text(r => r.Lot)
                .Text(r => r.Material)
                .Number(r => r.Quantity)
                .Text(r => r.State)
                .Text(r => r.By)
                .Instant(r => r.At)
                .Instant(r => r.SettledAt),
            new Statement<AllocationAdd>()
                .Key(r => Join(r.ProductionOrder, r.Lot))
                .Text(r => r.ProductionOrder)
                .Text(r => r.Lot)
                .Text(r => r.Material)
                .Number(r => r.Quantity)
                .Text(r => r.By)
                .Instant(r => r.At),
            new Statement<MovementWithdraw>().Key(r => r.Reference).Int(r => r.Count),
            new Statement<MovementInsert>()
                .Text(r => r.Type)
                .Text(r => r.Material)
                .Text(r => r.Lot)
                .Text(r => r.Location)
                .Number(r => r.Quantity)
                .Text(r => r.Reference)
                .Text(r => r.Reason)
                .Text(r => r.By)
                .Instant(r => r.At)
                .Number(r => r.UnitCost),
        ];
}
