using Manufactura.Domain.ProductionOrders;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;

namespace Manufactura.Grains.ProductionOrders;

/// <summary>Turns the difference between two states of an order's allocations into rows.</summary>
internal static class AllocationRows
{
    private sealed record Sums(string Material, decimal Reserved, decimal Consumed, decimal Released)
    {
        public static Sums Of(IEnumerable<Allocation> all)
        {
            Allocation[] entries = [.. all];
            return new(
                entries[0].Material,
                Of(entries, AllocationState.Reserved),
                Of(entries, AllocationState.Consumed),
                Of(entries, AllocationState.Released)
            );
        }

        private static decimal Of(Allocation[] all, AllocationState state) =>
            all.Where(a => a.State == state).Sum(a => a.Quantity);
    }

    /// <summary>
    /// What became reserved, consumed or released of each lot. What left the order for another one (a backorder, a split) is
    /// recorded here as released and there as reserved.
    /// </summary>
    public static void UpdateAllocations(
        this UnitOfWork work,
        ProductionOrder before,
        ProductionOrder after,
        string by,
        DateTimeOffset at
    )
    {
        if (before.Allocations == after.Allocations)
            return;
        var was = before.Allocations.GroupBy(a => a.Lot).ToDictionary(g => g.Key, Sums.Of, StringComparer.Ordinal);
        var now = after.Allocations.GroupBy(a => a.Lot).ToDictionary(g => g.Key, Sums.Of, StringComparer.Ordinal);
        foreach (var lot in was.Keys.Union(now.Keys))
        {
            var material = (now.GetValueOrDefault(lot) ?? was[lot]).Material;
            var none = new Sums(material, 0, 0, 0);
            Write(work, after.Number, lot, was.GetValueOrDefault(lot) ?? none, now.GetValueOrDefault(lot) ?? none, by, at);
        }
    }

    private static void Write(UnitOfWork work, string order, string lot, Sums was, Sums now, string by, DateTimeOffset at)
    {
        var consumed = now.Consumed - was.Consumed;
        var taken = was.Reserved - now.Reserved;
        if (taken < 0)
            work.Add(new AllocationAdd(order, lot, now.Material, -taken, by, at));
        else if (taken > 0)
        {
            // What the order gave up and did not consume was released, here or to the order that took it over.
            var own = Math.Min(taken, Math.Max(0, consumed));
            var released = taken - own;
            consumed -= own;
            if (now.Reserved == 0)
                End(work, order, lot, was.Reserved, own, released, now.Material, by, at);
            else
            {
                work.Add(new AllocationReduce(order, lot, taken));
                Insert(work, order, lot, now.Material, own, AllocationState.Consumed, by, at);
                Insert(work, order, lot, now.Material, released, AllocationState.Released, by, at);
            }
        }

        if (consumed < 0)
            work.Add(new AllocationReturn(order, lot, -consumed, at));
        Insert(work, order, lot, now.Material, consumed, AllocationState.Consumed, by, at);
    }

    private static void End(
        UnitOfWork work,
        string order,
        string lot,
        decimal open,
        decimal own,
        decimal released,
        string material,
        string by,
        DateTimeOffset at
    )
    {
        var state = own > 0 ? AllocationState.Consumed : AllocationState.Released;
        work.Add(new AllocationSettle(order, lot, open, state.ToString(), at, own > 0 ? own : released));
        if (own > 0)
            Insert(work, order, lot, material, released, AllocationState.Released, by, at);
    }

    private static void Insert(
        UnitOfWork work,
        string order,
        string lot,
        string material,
        decimal quantity,
        AllocationState state,
        string by,
        DateTimeOffset at
    )
    {
        if (quantity > 0)
            work.Add(new AllocationInsert(order, lot, material, quantity, state.ToString(), by, at, at));
    }
}
