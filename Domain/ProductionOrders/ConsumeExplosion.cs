using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>
/// What an explosion does to stock, beside <see cref="Explosion"/>: its orders with their allocations settled, one lot per
/// produced cell, one use per partial order and lot, and what nobody of the chain needs any more.
/// </summary>
public sealed record ExplosionStock(
    Explosion Explosion,
    ImmutableArray<Lot> Products,
    ImmutableArray<LotUse> Uses,
    ImmutableArray<Movement> Movements,
    ImmutableArray<Allocation> MovedToBackorder,
    ImmutableArray<Allocation> Released
);

/// <summary>Consumes the components of "Producir Lotes" as in finish, partial order by partial order.</summary>
public static class ConsumeExplosion
{
    /// <param name="before">The order as it was exploded, with its reservations.</param>
    /// <param name="explosion">What <see cref="ProduceLots"/> decided of it.</param>
    /// <param name="defaultLocation">Fills in the location that is missing; null when the plant has no default.</param>
    /// <param name="lots">The components' lots: those at the origin and those the order has reservations of.</param>
    public static Decision<ExplosionStock> Decide(
        ProductionOrder before,
        Explosion explosion,
        string? defaultLocation,
        IEnumerable<Lot> lots,
        Func<string, Material> materialOf,
        DateOnly today,
        DateTimeOffset at
    )
    {
        var placed = FinishOrder.Locations(before, defaultLocation);
        if (placed.Refusal is { } noLocation)
            return noLocation;
        var (origin, destination) = placed.Outcome;
        ImmutableArray<Production> productions = [.. explosion.Produced.Select(p => new Production(p.Number, p.Consumption))];
        var plan = PlanConsumption.Decide(before, productions, origin, lots, materialOf, today);
        if (plan.Refusal is { } shortOf)
            return shortOf;
        var order = FinishOrder.Consume(explosion.Order with { Allocations = before.Allocations }, plan.Outcome) with
        {
            OriginLocation = origin,
            DestinationLocation = destination,
        };
        var product = materialOf(order.Material);
        ImmutableArray<Lot> products =
        [
            .. explosion.Produced.Select(p => FinishOrder.Produced(order, p.Number, p.Quantity, Attributes(product, p), at)),
        ];
        var (left, backorder, moved) = HandOver(order, explosion.Backorder, materialOf);
        var released = left.Status == OrderStatus.Done || backorder is not null ? Allocations.Reserved(left.Allocations) : [];
        if (!released.IsEmpty)
            left = left with { Allocations = Allocations.ReleaseAll(left.Allocations) };
        ImmutableArray<ProductionOrder> partials =
        [
            .. explosion.Partials.Select(p => p with { OriginLocation = origin, DestinationLocation = destination }),
        ];
        return new ExplosionStock(
            explosion with
            {
                Order = left,
                Partials = partials,
                Backorder = backorder,
            },
            products,
            plan.Outcome,
            FinishOrder.Movements(plan.Outcome, products, materialOf),
            moved,
            released
        );
    }

    private static ImmutableDictionary<string, string> Attributes(Material product, ProducedCell cell) =>
        product is { XAttribute: { } x, YAttribute: { } y }
            ? ImmutableDictionary<string, string>.Empty.Add(x, cell.X).Add(y, cell.Y)
            : ImmutableDictionary<string, string>.Empty;

    /// <summary>The backorder takes over what is left reserved, up to its own need of each component.</summary>
    private static (ProductionOrder, ProductionOrder?, ImmutableArray<Allocation>) HandOver(
        ProductionOrder order,
        ProductionOrder? backorder,
        Func<string, Material> materialOf
    )
    {
        if (backorder is null)
            return (order, null, []);
        var moved = ShareAllocations.For(backorder, order.Allocations, c => materialOf(c).Precision);
        foreach (var a in moved)
        {
            order = order with
            {
                Allocations = Allocations.Remove(order.Allocations, a.Lot, a.Quantity, AllocationState.Reserved),
            };
            backorder = backorder with
            {
                Allocations = Allocations.Add(backorder.Allocations, a.Lot, a.Material, a.Quantity, AllocationState.Reserved),
            };
        }

        return (order, backorder, moved);
    }
}

/// <summary>Which reservations go along when a part of an order becomes an order of its own.</summary>
public static class ShareAllocations
{
    /// <summary>
    /// Of <paramref name="reserved"/>, in their order, what covers the need of <paramref name="taker"/> and no more. Entries that
    /// are not Reserved are not looked at.
    /// </summary>
    public static ImmutableArray<Allocation> For(
        ProductionOrder taker,
        ImmutableArray<Allocation> reserved,
        Func<string, int> precisionOf
    )
    {
        var share = ImmutableArray.CreateBuilder<Allocation>();
        foreach (var need in ReserveMaterials.Needs(taker, precisionOf))
        {
            var missing = need.Missing;
            foreach (var a in Allocations.Reserved(reserved).Where(a => a.Material == need.Component))
            {
                var part = Math.Min(missing, a.Quantity);
                if (part <= 0)
                    break;
                share.Add(a with { Quantity = part });
                missing -= part;
            }
        }

        return share.ToImmutable();
    }
}
