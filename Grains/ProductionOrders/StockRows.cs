using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using LotDelta = Manufactura.Storage.Commits.Rows.LotChange;
using Take = Manufactura.Storage.Commits.Rows.LotUse;
using Use = Manufactura.Domain.ProductionOrders.LotUse;

namespace Manufactura.Grains.ProductionOrders;

/// <summary>Turns what happens to stock into rows: consumption, produced lots, movements.</summary>
internal static class StockRows
{
    /// <summary>Takes the used quantities out of their lots: own reservations, and what was free.</summary>
    public static void Consume(this UnitOfWork work, IEnumerable<Use> uses, DateOnly today)
    {
        foreach (var lot in uses.GroupBy(u => u.Lot))
        {
            var own = lot.Sum(u => u.Own);
            var free = lot.Sum(u => u.Free);
            if (own > 0)
                work.Add(new LotDelta(lot.Key, -own, -own, Take.Own, today));
            if (free > 0)
                work.Add(new LotDelta(lot.Key, -free, 0, Take.Free, today, At: lot.First().Location));
        }
    }

    /// <summary>Gives reservations back to their lots.</summary>
    public static void Release(this UnitOfWork work, IEnumerable<(string Lot, decimal Quantity)> released, DateOnly today)
    {
        foreach (var (lot, quantity) in released)
            work.Add(new LotDelta(lot, 0, -quantity, Take.Any, today));
    }

    public static void Insert(this UnitOfWork work, Lot lot) =>
        work.Add(
            new LotInsert(
                lot.Code,
                lot.Material,
                lot.Status.ToString(),
                lot.Quantity,
                lot.OnHand,
                lot.Location,
                lot.ReceivedAt,
                lot.Reserved,
                lot.ExpiresOn,
                lot.Supplier,
                lot.SupplierLot,
                MessageJson.Serialize(lot.Attributes),
                lot.Bulk,
                lot.ProductionOrder,
                lot.Requisition,
                lot.Version
            )
        );

    public static void Insert(this UnitOfWork work, ImmutableArray<Movement> movements, string by, DateTimeOffset at)
    {
        foreach (var m in movements)
            work.Add(
                new MovementInsert(
                    m.Type.Word(),
                    m.Material,
                    m.Lot,
                    m.Location,
                    m.Quantity,
                    m.Reference,
                    m.Reason,
                    by,
                    at,
                    m.UnitCost
                )
            );
    }
}
