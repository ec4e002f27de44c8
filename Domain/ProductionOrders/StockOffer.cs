using Manufactura.Domain.Materials;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>
/// What is still on offer while the queue of waiting orders is walked. Where somebody went away short, there was nothing left for
/// whoever comes later; and should something come in just then, it is for the next walk, which begins at the most urgent again.
/// </summary>
public sealed class StockOffer(IEnumerable<string> materials)
{
    // Per material and location (null: anywhere): needs of at least so much are not served any more.
    private readonly Dictionary<(string Material, string? Location), decimal> gone = [];

    /// <summary>All that is or was on offer.</summary>
    public IReadOnlySet<string> Materials { get; } = materials.ToHashSet(StringComparer.Ordinal);

    /// <summary>Nobody can get anything any more.</summary>
    public bool IsOver => Materials.All(m => gone.GetValueOrDefault((m, null), decimal.MaxValue) == 0);

    /// <summary>Whether the order is to be asked about: it lacks something that may still be there.</summary>
    public bool IsFor(ProductionOrder order, MaterialNeed need) =>
        need.Missing > 0
        && Materials.Contains(need.Component)
        && need.Missing < gone.GetValueOrDefault((need.Component, null), decimal.MaxValue)
        && (
            order.OriginLocation is not { } origin
            || need.Missing < gone.GetValueOrDefault((need.Component, origin), decimal.MaxValue)
        );

    /// <summary>Notes what an order got of what it lacked.</summary>
    public void Note(ProductionOrder order, MaterialNeed need, Material material, LotChoice got)
    {
        var oneLot = material.AllocationPolicy == AllocationPolicy.SingleLot;
        // Bound to the lots that it has: that those are used up says nothing of others.
        if (got.Missing == 0 || (oneLot && !need.HeldLots.IsEmpty))
            return;
        var key = (need.Component, order.OriginLocation);
        gone[key] = Math.Min(oneLot ? need.Missing : 0, gone.GetValueOrDefault(key, decimal.MaxValue));
    }
}
