using System.Collections.Immutable;

namespace Manufactura.Domain.Lots;

/// <summary>
/// The daily pass: lots with expiry ≤ today and something on hand become Expired, also those depleted only because all of
/// it is reserved; their open allocations are released and the orders re-planned. A rejected lot stays rejected.
/// </summary>
public static class ExpireLot
{
    /// <summary>The expired lot with what its orders lose; null when the pass leaves it as it is.</summary>
    /// <param name="open">All open allocations of the lot.</param>
    public static LotChange? Decide(Lot lot, ImmutableArray<LotAllocation> open, DateOnly today) =>
        IsDue(lot, today)
            ? new LotChange(
                lot with
                {
                    Status = LotStatus.Expired,
                    Reserved = 0,
                    Version = lot.Version + 1,
                },
                [],
                LotAllocations.Release(open, lot.Reserved)
            )
            : null;

    /// <summary>Whether the pass of that day makes the lot Expired.</summary>
    public static bool IsDue(Lot lot, DateOnly today) =>
        lot is { OnHand: > 0, Status: LotStatus.Available or LotStatus.Depleted or LotStatus.Quarantine } && lot.IsExpired(today);
}
