using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Commits;
using LotDelta = Manufactura.Storage.Commits.Rows.LotChange;
using Take = Manufactura.Storage.Commits.Rows.LotUse;

namespace Manufactura.Grains.ProductionOrders;

/// <summary>Turns a reservation into rows: the order, its allocations, the lots, and the events that say so.</summary>
internal static class ReservationRows
{
    /// <summary>Whether there is anything to write.</summary>
    public static bool Changes(ProductionOrder before, Reservation reservation) =>
        !reservation.Added.IsEmpty || reservation.Order.AwaitsMaterials != before.AwaitsMaterials;

    /// <summary>Answers the order as it then stands.</summary>
    public static ProductionOrder Reserve(
        this UnitOfWork work,
        ProductionOrder before,
        Reservation reservation,
        string actor,
        DateOnly today
    )
    {
        var next = reservation.Order with { Version = before.Version + 1 };
        work.Update(before, next);
        work.UpdateAllocations(before, next, actor, next.UpdatedAt);
        foreach (var added in reservation.Added)
            work.Add(new LotDelta(added.Lot, 0, added.Quantity, Take.Free, today));
        work.Add(OrderEvents.Changed(next, actor));
        work.Add(OrderEvents.MaterialsReserved(next, reservation.Added, Views(reservation.Shortages), actor));
        return next;
    }

    public static ImmutableArray<ShortageView> Views(IEnumerable<Shortage> shortages) =>
        [.. shortages.Select(s => new ShortageView(s.Material, s.Required, s.Available))];
}
