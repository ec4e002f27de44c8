using System.Collections.Immutable;
using Manufactura.Domain.Alerts;
using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Alerts;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.ProductionOrders;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Lots;

/// <summary>
/// What a lot no longer covers is taken off its orders in the same unit of work: allocation, order and event each under the
/// premise that they are as they were read. The orders then wait, and are offered what there is.
/// </summary>
internal static class LostAllocations
{
    /// <summary>
    /// Adds the rows of the orders, what they lost for the audit, and the alert; the lot's own are the caller's. Answers their numbers.
    /// </summary>
    /// <param name="lots">The lots that lost, as they were.</param>
    /// <param name="reason">What happened to them, as their events say.</param>
    public static async Task<ImmutableArray<string>> LoseAsync(
        this UnitOfWork work,
        OrderReader orders,
        IReadOnlyCollection<Lot> lots,
        string reason,
        ImmutableArray<ReleasedAllocation> released,
        string actor,
        DateTimeOffset at
    )
    {
        if (released.IsEmpty)
            return [];
        var lost = released.ToLookup(r => r.Order, StringComparer.Ordinal);
        // Told in the order in which they are re-planned.
        foreach (var order in (await orders.LoadManyAsync([.. lost.Select(l => l.Key)])).Order(Urgency.First))
        {
            var next = lost[order.Number].Aggregate(order, (o, r) => ReserveMaterials.Lose(o, r, at));
            next = next with { Version = order.Version + 1 };
            work.Update(order, next);
            work.UpdateAllocations(order, next, actor, at);
            work.Add(OrderEvents.Changed(next, actor));
            if (PlantAlerts.OrderWaiting(next) is { } waits)
                work.RaiseAlert(waits, at);
        }

        // The least urgent gave first; people read of the most urgent first.
        foreach (var lot in lots)
            work.Tell(lot, reason, [.. released.Where(r => r.Lot == lot.Code).Reverse()], actor, at);
        return [.. lost.Select(l => l.Key).Order(StringComparer.Ordinal)];
    }

    private static void Tell(
        this UnitOfWork work,
        Lot lot,
        string reason,
        ImmutableArray<ReleasedAllocation> lost,
        string actor,
        DateTimeOffset at
    )
    {
        if (lost.IsEmpty)
            return;
        work.RaiseAlert(PlantAlerts.LotLost(lot.Code, lot.Material, reason == LotGrain.Expired, lot.Version, lost), at);
        var data = new
        {
            lot = lot.Code,
            material = lot.Material,
            reason,
            version = lot.Version,
            orders = lost.Select(r => new { order = r.Order, quantity = r.Quantity }),
        };
        work.Add(new EventInsert("allocations-lost", "lot:" + lot.Code, null, null, actor, MessageJson.Serialize(data)));
    }
}
