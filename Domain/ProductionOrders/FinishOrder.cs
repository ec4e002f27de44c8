using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>
/// All that finishing changes, written in one step or not at all. <paramref name="Uses"/> gives one PRODUCTION_OUT each;
/// <paramref name="Released"/> is what the order had reserved beyond its need.
/// </summary>
public sealed record Finish(
    ProductionOrder Order,
    Lot Product,
    ImmutableArray<LotUse> Uses,
    ImmutableArray<Movement> Movements,
    ImmutableArray<Allocation> Released
)
{
    public Text Message => OrderMessages.Finished(Order.Number, Movements.Length);
}

/// <summary>"Terminar" (modulo-manufactura): consumes the components and puts the product into a lot of the order's number.</summary>
public static class FinishOrder
{
    /// <param name="defaultLocation">Fills in the location that is missing; null when the plant has no default.</param>
    /// <param name="lots">The components' lots: those at the origin and those the order has reservations of.</param>
    public static Decision<Finish> Decide(
        ProductionOrder order,
        string? defaultLocation,
        IEnumerable<Lot> lots,
        Func<string, Material> materialOf,
        DateOnly today,
        DateTimeOffset at
    )
    {
        if (order.Status != OrderStatus.InProgress)
            return Refusal.State(
                "Solo se puede terminar una orden en proceso activo.",
                "Only an order in progress can be finished."
            );
        if (order.Matrix is not null)
            return Refusal.State(
                "Una orden con matriz se termina produciendo sus lotes.",
                "An order with a matrix is finished by producing its lots."
            );
        var placed = Locations(order, defaultLocation);
        if (placed.Refusal is { } noLocation)
            return noLocation;
        var (origin, destination) = placed.Outcome;
        var quantity = order.Outstanding;
        var plan = PlanConsumption.Decide(
            order,
            [new(order.Number, Needs(order, quantity, materialOf))],
            origin,
            lots,
            materialOf,
            today
        );
        if (plan.Refusal is { } shortOf)
            return shortOf;
        var after = Consume(order, plan.Outcome);
        var released = Allocations.Reserved(after.Allocations);
        after = after with
        {
            Status = OrderStatus.Done,
            Produced = order.Produced + quantity,
            OriginLocation = origin,
            DestinationLocation = destination,
            Allocations = Allocations.ReleaseAll(after.Allocations),
            Lots = [.. order.Lots, order.Number],
            AwaitsMaterials = false,
            FinishedAt = at,
            UpdatedAt = at,
        };
        var product = Produced(after, order.Number, quantity, ImmutableDictionary<string, string>.Empty, at);
        return new Finish(after, product, plan.Outcome, Movements(plan.Outcome, [product], materialOf), released);
    }

    /// <summary>The order's locations with only the missing one filled in; refused when none is configured.</summary>
    public static Decision<(string Origin, string Destination)> Locations(ProductionOrder order, string? defaultLocation) =>
        (order.OriginLocation ?? defaultLocation) is { } origin
        && (order.DestinationLocation ?? defaultLocation) is { } destination
            ? (origin, destination)
            : new Refusal(
                "no-default-location",
                RefusalKind.Rule,
                "No hay ubicación de inventario por defecto: configure una o indique las ubicaciones de la orden.",
                "There is no default inventory location: set one up or give the order its locations."
            );

    /// <summary>The order's allocations after those uses: own parts are consumed, free parts recorded as consumed too.</summary>
    internal static ProductionOrder Consume(ProductionOrder order, ImmutableArray<LotUse> uses)
    {
        var all = order.Allocations;
        foreach (var use in uses)
        {
            if (use.Own > 0)
                all = Allocations.Remove(all, use.Lot, use.Own, AllocationState.Reserved);
            all = Allocations.Add(all, use.Lot, use.Material, use.Quantity, AllocationState.Consumed);
        }

        return order with
        {
            Allocations = all,
        };
    }

    /// <summary>A produced lot: available at once, code = the order that made it, attributes keyed by attribute code.</summary>
    internal static Lot Produced(
        ProductionOrder order,
        string number,
        decimal quantity,
        ImmutableDictionary<string, string> attributes,
        DateTimeOffset at
    ) =>
        new(
            number,
            order.Material,
            LotStatus.Available,
            quantity,
            quantity,
            0,
            null,
            null,
            null,
            order.DestinationLocation!,
            attributes,
            false,
            number,
            null,
            at,
            1
        );

    /// <summary>Per production its PRODUCTION_OUTs and then its PRODUCTION_IN, under its own number.</summary>
    internal static ImmutableArray<Movement> Movements(
        ImmutableArray<LotUse> uses,
        ImmutableArray<Lot> produced,
        Func<string, Material> materialOf
    )
    {
        var byProduction = uses.ToLookup(u => u.Production);
        var movements = ImmutableArray.CreateBuilder<Movement>();
        foreach (var lot in produced)
        {
            movements.AddRange(
                byProduction[lot.Code]
                    .Select(u => new Movement(
                        MovementType.ProductionOut,
                        u.Material,
                        u.Lot,
                        u.Location,
                        -u.Quantity,
                        u.Production,
                        UnitCost: materialOf(u.Material).UnitCost
                    ))
            );
            movements.Add(new(MovementType.ProductionIn, lot.Material, lot.Code, lot.Location, lot.OnHand, lot.Code));
        }

        return movements.ToImmutable();
    }

    private static ImmutableArray<(string, decimal)> Needs(
        ProductionOrder order,
        decimal quantity,
        Func<string, Material> materialOf
    ) =>
        [
            .. order.BomLines.Select(l =>
                (
                    l.Component,
                    Consumption.Between(l.Quantity, order.Produced, order.Produced + quantity, materialOf(l.Component).Precision)
                )
            ),
        ];
}
