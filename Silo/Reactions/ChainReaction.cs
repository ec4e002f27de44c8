using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Feeds;

namespace Manufactura.Silo.Reactions;

/// <summary>An order whose backorder chain is closed becomes Done by itself.</summary>
public sealed class ChainReaction(IGrainFactory grains) : IReaction
{
    public async Task OnAsync(PlantEvent e, CancellationToken ct)
    {
        if (e.Type != "order-changed")
            return;
        var order = e.Data;
        if (
            order.GetProperty("kind").GetString() == "backorder"
            && order.GetProperty("status").GetString() is "Done" or "Cancelled"
            && order.GetProperty("parent").GetString() is { } parent
        )
            await grains.GetGrain<IProductionOrderGrain>(parent).ChainClosed(order.GetProperty("number").GetString()!);
    }
}
