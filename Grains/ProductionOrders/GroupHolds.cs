using System.Collections.Immutable;
using Manufactura.Domain.Materials;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces.Materials;
using Manufactura.Storage.Commits;

namespace Manufactura.Grains.ProductionOrders;

/// <summary>
/// The holds of several orders at once (of one sale, or of many that wait) on the lots of all their materials. The needs of one
/// material are asked together, in the order given, each by its own policy; the materials one after another by code, so that two
/// groups never wait for each other.
/// </summary>
internal sealed class GroupHolds(IGrainFactory grains)
{
    private readonly List<(string Material, string HoldId)> holding = [];

    /// <summary>What was granted: per order and component.</summary>
    public async Task<IReadOnlyDictionary<(string Order, string Component), LotChoice>> TakeAsync(
        IEnumerable<(ProductionOrder Order, MaterialNeed Need)> needs,
        Func<string, Material> materialOf
    )
    {
        var choices = new Dictionary<(string, string), LotChoice>();
        foreach (
            var material in needs
                .Where(n => n.Need.Missing > 0)
                .GroupBy(n => n.Need.Component)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
        )
        {
            var wanted = material.ToArray();
            var rules = materialOf(material.Key);
            ImmutableArray<HoldRequest> requests = [.. wanted.Select(w => Request(w.Order, w.Need, rules))];
            var held = await grains.GetGrain<IMaterialGrain>(material.Key).HoldAll(requests);
            for (var i = 0; i < wanted.Length; i++)
            {
                choices[(wanted[i].Order.Number, material.Key)] = new(
                    [.. held[i].Lots.Select(l => new LotTake(l.Lot, l.Quantity))],
                    held[i].Missing
                );
                if (held[i].Lots.Length > 0)
                    holding.Add((material.Key, requests[i].HoldId));
            }
        }

        return choices;
    }

    /// <summary>Settles or drops by how the commit went; null when that is not known.</summary>
    public Task EndAsync(CommitResult? result) =>
        result is CommitResult.Committed
            ? Task.WhenAll(holding.Select(h => grains.GetGrain<IMaterialGrain>(h.Material).Settle(h.HoldId)))
            : DropAsync(doubtful: true);

    /// <param name="doubtful">The database knew these lots otherwise: they are to be read again.</param>
    public Task DropAsync(bool doubtful) =>
        Task.WhenAll(holding.Select(h => grains.GetGrain<IMaterialGrain>(h.Material).Drop(h.HoldId, doubtful)));

    private static HoldRequest Request(ProductionOrder order, MaterialNeed need, Material rules)
    {
        var terms = HoldTerms.Reserving(rules, order, need.HeldLots);
        return new(Guid.NewGuid().ToString("N"), need.Missing, terms.Policy, terms.MarginDays, terms.Location, terms.OnlyLots);
    }
}
