using System.Collections.Immutable;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Lines;

/// <summary>Sharing what an order has reserved between the two that it becomes, and putting it together again.</summary>
internal static class SplitAllocations
{
    /// <summary>
    /// The reserved quantity of each component by largest remainder in the proportion keep : rest, at the component's precision.
    /// Lots go whole, in the order in which they were reserved, to the order that stays until it has its share, so that at most
    /// one lot per component is divided. What is consumed or released stays where it is.
    /// </summary>
    public static (ImmutableArray<Allocation> Kept, ImmutableArray<Allocation> Given) Share(
        ImmutableArray<Allocation> allocations,
        decimal keep,
        decimal rest,
        Func<string, int> precisionOf
    )
    {
        var left = allocations
            .Where(a => a.State == AllocationState.Reserved)
            .GroupBy(a => a.Material, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Kept(g.Sum(a => a.Quantity), keep, rest, precisionOf(g.Key)), StringComparer.Ordinal);
        var kept = ImmutableArray.CreateBuilder<Allocation>();
        var given = ImmutableArray.CreateBuilder<Allocation>();
        foreach (var allocation in allocations)
        {
            if (allocation.State != AllocationState.Reserved)
            {
                kept.Add(allocation);
                continue;
            }

            var stays = Math.Min(allocation.Quantity, left[allocation.Material]);
            left[allocation.Material] -= stays;
            if (stays > 0)
                kept.Add(allocation with { Quantity = stays.Plain() });
            if (allocation.Quantity > stays)
                given.Add(allocation with { Quantity = (allocation.Quantity - stays).Plain() });
        }

        return (kept.ToImmutable(), given.ToImmutable());
    }

    /// <summary>Adds reserved quantities to those of another order: one open allocation per lot.</summary>
    public static ImmutableArray<Allocation> Join(ImmutableArray<Allocation> allocations, IEnumerable<Allocation> added)
    {
        var joined = allocations.ToBuilder();
        foreach (var one in added)
        {
            var at = allocations.FindIndex(a => a.State == AllocationState.Reserved && a.Lot == one.Lot);
            if (at < 0)
                joined.Add(one);
            else
                joined[at] = joined[at] with { Quantity = (joined[at].Quantity + one.Quantity).Plain() };
        }

        return joined.ToImmutable();
    }

    private static decimal Kept(decimal reserved, decimal keep, decimal rest, int precision) =>
        LargestRemainder.Split(
            reserved,
            [keep, rest],
            Quantities.Fits(reserved, precision) ? precision : LargestRemainder.MaxPrecision
        )[0];
}
