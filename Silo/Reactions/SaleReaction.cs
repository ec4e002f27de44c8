using Manufactura.Grains.Interfaces.Sales;
using Manufactura.Storage.Feeds;

namespace Manufactura.Silo.Reactions;

/// <summary>A sale whose orders are all closed becomes Done by itself.</summary>
public sealed class SaleReaction(IGrainFactory grains) : IReaction
{
    public async Task OnAsync(PlantEvent e, CancellationToken ct)
    {
        if (e.Type != "order-changed")
            return;
        var order = e.Data;
        if (
            order.GetProperty("status").GetString() is "Done" or "Cancelled"
            // An imported order's event leaves out what is null.
            && order.TryGetProperty("salesOrder", out var of)
            && of.GetString() is { } sale
        )
            await grains.GetGrain<ISalesOrderGrain>(sale).OrdersChanged();
    }
}
