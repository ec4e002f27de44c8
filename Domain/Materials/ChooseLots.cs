using System.Collections.Immutable;
using Manufactura.Domain.Lots;

namespace Manufactura.Domain.Materials;

/// <summary>What the choice looks at of a lot: <paramref name="Free"/> is on hand less reserved and held.</summary>
public sealed record LotCandidate(
    string Code,
    LotStatus Status,
    string Location,
    decimal Free,
    DateOnly? ExpiresOn,
    DateTimeOffset ReceivedAt
)
{
    /// <summary>The lot as a candidate.</summary>
    public static LotCandidate Of(Lot lot) =>
        new(lot.Code, lot.Status, lot.Location, lot.Available, lot.ExpiresOn, lot.ReceivedAt);
}

/// <summary>A quantity above zero taken of one lot.</summary>
public sealed record LotTake(string Lot, decimal Quantity);

/// <summary>The takes in FEFO order and what is still missing; together they are the need exactly.</summary>
public sealed record LotChoice(ImmutableArray<LotTake> Takes, decimal Missing)
{
    public decimal Taken => Takes.Sum(t => t.Quantity);
}

/// <summary>
/// Which lots cover a need: FEFO (first expiring first, no expiry last), then first received, then by code, so that the
/// same lots always give the same choice in whatever order they come.
/// </summary>
public static class ChooseLots
{
    /// <summary>Lots to reserve: candidates are Available and expire on or after today + margin.</summary>
    /// <param name="marginDays">Days that a lot must still be good for, 0 or more; see <see cref="MarginOf"/>.</param>
    public static LotChoice ForReserving(
        decimal need,
        IEnumerable<LotCandidate> lots,
        AllocationPolicy policy,
        DateOnly today,
        int marginDays
    )
    {
        var candidates = lots.Where(l => Qualifies(l, today, marginDays)).ToList();
        candidates.Sort(CompareFefo);
        if (need <= 0)
            return new LotChoice([], 0);
        if (policy != AllocationPolicy.SplitFefo && candidates.Find(l => l.Free >= need) is { } alone)
            return new LotChoice([new(alone.Code, need)], 0);
        return policy == AllocationPolicy.SingleLot ? new LotChoice([], need) : InOrder(need, candidates);
    }

    /// <summary>Lots to consume when finishing: FEFO over unexpired Available lots, without margin and whatever the policy.</summary>
    public static LotChoice ForFinishing(decimal need, IEnumerable<LotCandidate> lots, DateOnly today) =>
        ForReserving(need, lots, AllocationPolicy.SplitFefo, today, 0);

    /// <summary>The material's own margin in days, or the plant's 14.</summary>
    public static int MarginOf(Material material) => material.MinShelfLifeDays ?? Material.DefaultMinShelfLifeDays;

    /// <summary>Available, something free, good today (expiry after today) and until today + margin; no expiry always qualifies.</summary>
    public static bool Qualifies(LotCandidate lot, DateOnly today, int marginDays) =>
        lot is { Status: LotStatus.Available, Free: > 0 }
        && (lot.ExpiresOn is not { } expiry || (expiry > today && expiry.DayNumber - today.DayNumber >= marginDays));

    /// <summary>The order in which lots are used up.</summary>
    public static int CompareFefo(LotCandidate a, LotCandidate b)
    {
        var expiry = (a.ExpiresOn ?? DateOnly.MaxValue).CompareTo(b.ExpiresOn ?? DateOnly.MaxValue);
        if (expiry != 0)
            return expiry;
        var received = a.ReceivedAt.CompareTo(b.ReceivedAt);
        return received != 0 ? received : string.CompareOrdinal(a.Code, b.Code);
    }

    private static LotChoice InOrder(decimal need, List<LotCandidate> candidates)
    {
        var takes = ImmutableArray.CreateBuilder<LotTake>();
        foreach (var lot in candidates)
        {
            if (need == 0)
                break;
            var take = Math.Min(need, lot.Free);
            takes.Add(new(lot.Code, take));
            need -= take;
        }

        return new LotChoice(takes.ToImmutable(), need);
    }
}
