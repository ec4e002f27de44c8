using System.Collections.Immutable;

namespace Manufactura.Grains.Interfaces.ProductionOrders;

/// <summary>
/// The orders that wait for materials, as one queue; one grain, key <see cref="Key"/>. Whatever makes stock free, it is given away
/// here and by nobody else, so that no two walks along the queue ever overtake each other.
/// </summary>
[Alias("manufactura.IWaitingList")]
public interface IWaitingListGrain : IGrainWithStringKey
{
    const string Key = "waiting-list";

    /// <summary>
    /// Gives what is free of these materials to the orders that wait: due date, priority, age, each by the rules of reserving. Orders in
    /// <paramref name="began"/> have just begun to wait: something may have come while that was being decided, so what they lack is
    /// offered too, to all who wait for it.
    /// </summary>
    [Alias("Offer"), ResponseTimeout("00:10:00")]
    Task Offer(ImmutableArray<string> materials, ImmutableArray<string> began);
}
