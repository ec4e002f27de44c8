using System.Collections.Immutable;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Lots;

/// <summary>An open allocation as the lot sees it, with what decides whose need comes first.</summary>
public sealed record LotAllocation(
    string Order,
    string Lot,
    decimal Quantity,
    DateOnly? DueDate,
    int Priority,
    DateTimeOffset OrderCreatedAt
);

/// <summary>What an order lost of a lot; it is re-planned by the same rules as when it first reserved.</summary>
public sealed record ReleasedAllocation(string Order, string Lot, decimal Quantity);

/// <summary>Who waits first, and who loses first when a lot holds less than was reserved of it.</summary>
public static class LotAllocations
{
    /// <summary>As <see cref="Urgency"/> says of the orders.</summary>
    public static int CompareUrgency(LotAllocation a, LotAllocation b) =>
        Urgency.Compare((a.DueDate, a.Priority, a.OrderCreatedAt, a.Order), (b.DueDate, b.Priority, b.OrderCreatedAt, b.Order));

    /// <summary>Releases <paramref name="quantity"/> in all, from the least urgent order up; the last one touched may keep a part.</summary>
    internal static ImmutableArray<ReleasedAllocation> Release(ImmutableArray<LotAllocation> open, decimal quantity)
    {
        var released = ImmutableArray.CreateBuilder<ReleasedAllocation>();
        foreach (var allocation in open.Sort((a, b) => CompareUrgency(b, a)))
        {
            if (quantity <= 0)
                break;
            var part = Math.Min(quantity, allocation.Quantity);
            released.Add(new(allocation.Order, allocation.Lot, part));
            quantity -= part;
        }

        return quantity <= 0
            ? released.ToImmutable()
            : throw new InvalidOperationException("The open allocations given are fewer than what the lot has reserved.");
    }
}
