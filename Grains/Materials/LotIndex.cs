using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces.Materials;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Materials;

/// <summary>
/// The Available lots of one material in FEFO order, less what is held. Choosing walks only as far as the need goes, so it
/// costs the same among a thousand lots and a hundred thousand.
/// </summary>
internal sealed class LotIndex
{
    private sealed class Entry(FreeLot lot)
    {
        public readonly FreeLot Lot = lot;
        public decimal Free = lot.Free;
    }

    private sealed class Fefo : IComparer<Entry>
    {
        public int Compare(Entry? a, Entry? b)
        {
            var expiry = (a!.Lot.ExpiresOn ?? DateOnly.MaxValue).CompareTo(b!.Lot.ExpiresOn ?? DateOnly.MaxValue);
            if (expiry != 0)
                return expiry;
            var received = a.Lot.ReceivedAt.CompareTo(b.Lot.ReceivedAt);
            return received != 0 ? received : string.CompareOrdinal(a.Lot.Code, b.Lot.Code);
        }
    }

    private readonly Dictionary<string, Entry> lots = new(StringComparer.Ordinal);
    private readonly SortedSet<Entry> fefo = new(new Fefo());

    /// <summary>Sets a lot to what the database says; one that cannot be taken of leaves the index.</summary>
    public void Put(FreeLot lot)
    {
        Remove(lot.Code);
        if (lot.Status != LotStatus.Available || lot.Free <= 0)
            return;
        var entry = new Entry(lot);
        lots.Add(lot.Code, entry);
        fefo.Add(entry);
    }

    public void Remove(string code)
    {
        if (lots.Remove(code, out var entry))
            fefo.Remove(entry);
    }

    public void Clear()
    {
        lots.Clear();
        fefo.Clear();
    }

    public decimal? FreeOf(string code) => lots.TryGetValue(code, out var entry) ? entry.Free : null;

    public string? LocationOf(string code) => lots.TryGetValue(code, out var entry) ? entry.Lot.Location : null;

    /// <summary>Gives back what a dropped hold had taken; a lot that left the index meanwhile is not brought back.</summary>
    public void GiveBack(string code, decimal quantity)
    {
        if (lots.TryGetValue(code, out var entry))
            entry.Free += quantity;
    }

    /// <summary>Takes lots for a need by the material's policy (domain.md): what was chosen is no longer free.</summary>
    public Held Take(HoldRequest request, DateOnly today)
    {
        var candidates = Candidates(request, today);
        if (request.Policy != AllocationPolicy.SplitFefo)
        {
            foreach (var lot in candidates)
                if (lot.Free >= request.Quantity)
                    return Grant([(lot, request.Quantity)], 0);
            if (request.Policy == AllocationPolicy.SingleLot)
                return new([], request.Quantity);
        }

        var need = request.Quantity;
        var chosen = new List<(Entry, decimal)>();
        foreach (var lot in candidates)
        {
            var quantity = Math.Min(need, lot.Free);
            chosen.Add((lot, quantity));
            need -= quantity;
            if (need == 0)
                break;
        }

        return Grant(chosen, need);
    }

    private static Held Grant(List<(Entry Lot, decimal Quantity)> chosen, decimal missing)
    {
        foreach (var (lot, quantity) in chosen)
            lot.Free -= quantity;
        return new(
            [
                .. chosen.Select(c => new HeldLot(
                    c.Lot.Lot.Code,
                    c.Quantity,
                    c.Lot.Lot.Location,
                    c.Lot.Lot.ExpiresOn,
                    c.Lot.Lot.ReceivedAt
                )),
            ],
            missing
        );
    }

    private IEnumerable<Entry> Candidates(HoldRequest request, DateOnly today)
    {
        var only = request.OnlyLots.IsDefault ? [] : request.OnlyLots;
        var first = today.AddDays(Math.Max(1, request.MarginDays));
        // Everything that expires before the first good day lies below this view.
        var from = new Entry(new(string.Empty, LotStatus.Available, string.Empty, 0, first, DateTimeOffset.MinValue));
        var good = fefo.Max is { } last && fefo.Comparer.Compare(from, last) <= 0 ? fefo.GetViewBetween(from, last) : [];
        foreach (var lot in good)
            if (
                lot.Free > 0
                && (request.Location is null || lot.Lot.Location == request.Location)
                && (only.IsEmpty || only.Contains(lot.Lot.Code))
            )
                yield return lot;
    }
}
