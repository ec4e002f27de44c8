using System.Collections.Immutable;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>
/// Arithmetic on an order's allocations. Per lot and state there is one entry; a part of a reservation that is consumed or
/// released leaves the rest reserved.
/// </summary>
public static class Allocations
{
    /// <summary>Adds a quantity above zero in that state, to the entry of the same lot if there is one.</summary>
    public static ImmutableArray<Allocation> Add(
        ImmutableArray<Allocation> all,
        string lot,
        string material,
        decimal quantity,
        AllocationState state
    )
    {
        for (var i = 0; i < all.Length; i++)
            if (all[i].Lot == lot && all[i].State == state)
                return all.SetItem(i, all[i] with { Quantity = all[i].Quantity + quantity });
        return all.Add(new(lot, material, quantity, state));
    }

    /// <summary>Takes a quantity away from a lot's entry in that state. More than there is, is a bug and throws.</summary>
    public static ImmutableArray<Allocation> Remove(
        ImmutableArray<Allocation> all,
        string lot,
        decimal quantity,
        AllocationState state
    )
    {
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Lot != lot || all[i].State != state || all[i].Quantity < quantity)
                continue;
            return all[i].Quantity == quantity
                ? all.RemoveAt(i)
                : all.SetItem(i, all[i] with { Quantity = all[i].Quantity - quantity });
        }

        throw new InvalidOperationException($"Lot {lot} has not {quantity.En()} {state}.");
    }

    /// <summary>Turns a quantity from one state into another.</summary>
    public static ImmutableArray<Allocation> Turn(
        ImmutableArray<Allocation> all,
        Allocation entry,
        decimal quantity,
        AllocationState to
    ) => quantity == 0 ? all : Add(Remove(all, entry.Lot, quantity, entry.State), entry.Lot, entry.Material, quantity, to);

    /// <summary>Releases all that is still reserved.</summary>
    public static ImmutableArray<Allocation> ReleaseAll(ImmutableArray<Allocation> all) =>
        Reserved(all).Aggregate(all, (rest, a) => Turn(rest, a, a.Quantity, AllocationState.Released));

    /// <summary>What is reserved and neither consumed nor released.</summary>
    public static ImmutableArray<Allocation> Reserved(ImmutableArray<Allocation> all) =>
        [.. all.Where(a => a.State == AllocationState.Reserved)];

    /// <summary>How much of a material is reserved.</summary>
    public static decimal ReservedOf(ImmutableArray<Allocation> all, string material) =>
        all.Where(a => a.State == AllocationState.Reserved && a.Material == material).Sum(a => a.Quantity);
}
