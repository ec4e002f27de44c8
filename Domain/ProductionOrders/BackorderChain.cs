namespace Manufactura.Domain.ProductionOrders;

/// <summary>The orders that took over what another order could not produce.</summary>
public static class BackorderChain
{
    /// <summary>
    /// Whether everything moved away from <paramref name="number"/> is settled: none of its backorders, theirs, and the orders
    /// divided from those is open. A backorder that was divided over two lines has to be made on both before the original closes.
    /// </summary>
    /// <param name="descendants">At least all backorder and split orders below <paramref name="number"/>; others are ignored.</param>
    public static bool IsClosed(string number, IReadOnlyCollection<ProductionOrder> descendants)
    {
        var below = descendants.Where(o => o.Parent is not null).ToLookup(o => o.Parent!, StringComparer.Ordinal);
        var waiting = new Stack<ProductionOrder>(below[number].Where(o => o.Kind == OrderKind.Backorder));
        while (waiting.TryPop(out var order))
        {
            if (order.IsOpen)
                return false;
            foreach (var next in below[order.Number].Where(o => o.Kind is OrderKind.Backorder or OrderKind.Split))
                waiting.Push(next);
        }

        return true;
    }
}
