using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.Materials;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.ProductionOrders;

/// <summary>
/// The holds of one command on the lots of several materials: nothing is durable until the command's one commit, after
/// which they are settled or dropped together.
/// </summary>
internal sealed class MaterialHolds(IGrainFactory grains)
{
    private readonly string id = Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, Held> held = new(StringComparer.Ordinal);

    /// <summary>What each material granted.</summary>
    public IReadOnlyDictionary<string, Held> Granted => held;

    /// <summary>
    /// What was held is no longer there: another node took of it, and this one's index did not know yet. Nobody is refused for that; the
    /// holds are dropped as doubtful and the command is decided anew.
    /// </summary>
    public bool Outdated { get; private set; }

    /// <summary>
    /// Asks one material after the other, by code: whoever waits at one holds only earlier ones, so no two commands ever wait for each
    /// other. A second request for the same material is not foreseen.
    /// </summary>
    public async Task TakeAsync(IEnumerable<(string Material, decimal Quantity, HoldTerms Terms)> wanted)
    {
        foreach (
            var (material, quantity, terms) in wanted.Where(w => w.Quantity > 0).OrderBy(w => w.Material, StringComparer.Ordinal)
        )
            held[material] = await grains
                .GetGrain<IMaterialGrain>(material)
                .Hold(new(id, quantity, terms.Policy, terms.MarginDays, terms.Location, terms.OnlyLots));
    }

    /// <summary>Settles or drops by how the commit went; null when that is not known.</summary>
    public Task EndAsync(CommitResult? result) => result is CommitResult.Committed ? SettleAsync() : DropAsync(doubtful: true);

    private Task SettleAsync() => Task.WhenAll(Holding().Select(m => grains.GetGrain<IMaterialGrain>(m).Settle(id)));

    /// <param name="doubtful">The database knew these lots otherwise: they are to be read again.</param>
    public Task DropAsync(bool doubtful) =>
        Task.WhenAll(Holding().Select(m => grains.GetGrain<IMaterialGrain>(m).Drop(id, doubtful)));

    /// <summary>
    /// The lots that a consumption may use: those the order has reservations of as they stand, and the held ones with exactly the held
    /// quantity available, as the materials know them. What they know wrongly the commit misses; a refusal has no commit, so where
    /// something is short the held lots are read too, and the sentence names all that is short.
    /// </summary>
    public async Task<IReadOnlyList<Lot>> LotsAsync(LotReader reader, ProductionOrder order)
    {
        var free = held.SelectMany(h => h.Value.Lots.Select(l => (Material: h.Key, Lot: l)))
            .ToDictionary(l => l.Lot.Lot, StringComparer.Ordinal);
        var own = order.Allocations.Where(a => a.State == AllocationState.Reserved).Select(a => a.Lot);
        string[] read = held.Values.Any(h => h.Missing > 0) ? [.. own.Union(free.Keys)] : [.. own];
        var lots = new List<Lot>();
        foreach (var lot in await reader.LoadAsync(read))
        {
            var held = free.Remove(lot.Code, out var f) ? f.Lot.Quantity : 0;
            Outdated |= held > 0 && (lot.Available < held || lot.Location != f.Lot.Location);
            var available = Math.Min(lot.OnHand, held);
            lots.Add(lot with { Reserved = lot.OnHand - available, Status = available > 0 ? LotStatus.Available : lot.Status });
        }

        lots.AddRange(free.Values.Select(f => Held(f.Material, f.Lot)));
        return lots;
    }

    private static Lot Held(string material, HeldLot lot) =>
        new(
            lot.Lot,
            material,
            LotStatus.Available,
            lot.Quantity,
            lot.Quantity,
            0,
            lot.ExpiresOn,
            null,
            null,
            lot.Location,
            ImmutableDictionary<string, string>.Empty,
            false,
            null,
            null,
            lot.ReceivedAt,
            1
        );

    private IEnumerable<string> Holding() => held.Where(h => h.Value.Lots.Length > 0).Select(h => h.Key);
}

/// <summary>Which lots a hold may take.</summary>
internal sealed record HoldTerms(AllocationPolicy Policy, int MarginDays, string? Location, ImmutableArray<string> OnlyLots)
{
    /// <summary>For finishing: FEFO over several lots at the origin, without margin.</summary>
    public static HoldTerms Finishing(string origin) => new(AllocationPolicy.SplitFefo, 0, origin, []);

    /// <summary>For reserving: by the material's policy and margin; a single-lot material stays with the lots it has.</summary>
    public static HoldTerms Reserving(Material material, ProductionOrder order, ImmutableArray<string> heldLots) =>
        new(
            material.AllocationPolicy,
            ChooseLots.MarginOf(material),
            order.OriginLocation,
            material.AllocationPolicy == AllocationPolicy.SingleLot ? heldLots : []
        );
}
