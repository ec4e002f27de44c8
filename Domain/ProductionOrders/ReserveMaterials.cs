using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.Materials;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>
/// One component's need for what the order has outstanding: <paramref name="Missing"/> is not reserved yet.
/// <paramref name="HeldLots"/> are the lots it has reservations of.
/// </summary>
public sealed record MaterialNeed(
    string Component,
    decimal Required,
    decimal Reserved,
    decimal Missing,
    ImmutableArray<string> HeldLots
);

/// <summary>The order after reserving, what was newly reserved, and per short component its need and what there was.</summary>
public sealed record Reservation(
    ProductionOrder Order,
    ImmutableArray<Allocation> Added,
    ImmutableArray<Shortage> Shortages,
    ImmutableArray<(string Material, decimal Quantity)> Missing
);

/// <summary>
/// Reserving the materials of an order's own lines (flujo-materia-prima): what there is gets reserved, what is missing is
/// told; an order that fell short then waits for a release.
/// </summary>
public static class ReserveMaterials
{
    /// <summary>Per line of the BOM what the outstanding quantity needs, less what is reserved.</summary>
    public static ImmutableArray<MaterialNeed> Needs(ProductionOrder order, Func<string, int> precisionOf)
    {
        var needs = ImmutableArray.CreateBuilder<MaterialNeed>();
        foreach (var line in order.BomLines)
        {
            var required = Consumption
                .Between(line.Quantity, order.Produced, order.Produced + order.Outstanding, precisionOf(line.Component))
                .Plain();
            var reserved = Allocations.ReservedOf(order.Allocations, line.Component);
            needs.Add(
                new(
                    line.Component,
                    required,
                    reserved,
                    Math.Max(0, required - reserved),
                    [.. Allocations.Reserved(order.Allocations).Where(a => a.Material == line.Component).Select(a => a.Lot)]
                )
            );
        }

        return needs.ToImmutable();
    }

    /// <summary>
    /// Whether a lot is looked at for this need: at the order's origin, or anywhere where it has none; a single-lot material
    /// (dye lots) that already has reservations stays with their lots.
    /// </summary>
    public static bool MayUse(ProductionOrder order, MaterialNeed need, Material material, LotCandidate lot) =>
        (order.OriginLocation is null || lot.Location == order.OriginLocation)
        && (material.AllocationPolicy != AllocationPolicy.SingleLot || need.HeldLots.IsEmpty || need.HeldLots.Contains(lot.Code));

    /// <summary>Chooses and reserves at once; refused when the order is closed.</summary>
    public static Decision<Reservation> Decide(
        ProductionOrder order,
        Func<string, Material> materialOf,
        Func<string, IEnumerable<LotCandidate>> lotsOf,
        DateOnly today,
        DateTimeOffset at
    )
    {
        var choices = ImmutableArray.CreateBuilder<(MaterialNeed, LotChoice)>();
        foreach (var need in Needs(order, c => materialOf(c).Precision))
        {
            var material = materialOf(need.Component);
            var lots = lotsOf(need.Component).Where(l => MayUse(order, need, material, l));
            var margin = ChooseLots.MarginOf(material);
            choices.Add((need, ChooseLots.ForReserving(need.Missing, lots, material.AllocationPolicy, today, margin)));
        }

        return Apply(order, choices.ToImmutable(), at);
    }

    /// <summary>Writes choices made elsewhere (each material chooses among its own lots) on the order; refused when it is closed.</summary>
    public static Decision<Reservation> Apply(
        ProductionOrder order,
        ImmutableArray<(MaterialNeed Need, LotChoice Choice)> choices,
        DateTimeOffset at
    )
    {
        if (!order.IsOpen)
            return Closed();
        var all = order.Allocations;
        var added = ImmutableArray.CreateBuilder<Allocation>();
        foreach (var (need, choice) in choices)
        foreach (var take in choice.Takes)
        {
            all = Allocations.Add(all, take.Lot, need.Component, take.Quantity, AllocationState.Reserved);
            added.Add(new(take.Lot, need.Component, take.Quantity, AllocationState.Reserved));
        }

        var shortOf = choices.Where(c => c.Choice.Missing > 0).ToArray();
        return new Reservation(
            order with
            {
                Allocations = all,
                AwaitsMaterials = shortOf.Length > 0,
                UpdatedAt = at,
            },
            added.ToImmutable(),
            [.. shortOf.Select(c => new Shortage(c.Need.Component, c.Need.Required, c.Need.Required - c.Choice.Missing))],
            [.. shortOf.Select(c => (c.Need.Component, c.Choice.Missing))]
        );
    }

    /// <summary>Releases by hand all that is reserved, or what is of one material; the order then waits for nothing.</summary>
    public static Decision<(ProductionOrder Order, ImmutableArray<Allocation> Released)> Release(
        ProductionOrder order,
        string? material,
        DateTimeOffset at
    )
    {
        if (!order.IsOpen)
            return Closed();
        ImmutableArray<Allocation> released =
        [
            .. Allocations.Reserved(order.Allocations).Where(a => material is null || a.Material == material),
        ];
        var rest = released.Aggregate(
            order.Allocations,
            (all, a) => Allocations.Turn(all, a, a.Quantity, AllocationState.Released)
        );
        return (order with { Allocations = rest, AwaitsMaterials = false, UpdatedAt = at }, released);
    }

    /// <summary>
    /// The order after a lot took back what it could no longer cover (expired, scrapped, counted down): it waits until it is
    /// allocated anew.
    /// </summary>
    public static ProductionOrder Lose(ProductionOrder order, ReleasedAllocation lost, DateTimeOffset at) =>
        order.Allocations.FirstOrDefault(a => a.Lot == lost.Lot && a.State == AllocationState.Reserved) is { } entry
            ? order with
            {
                Allocations = Allocations.Turn(
                    order.Allocations,
                    entry,
                    Math.Min(entry.Quantity, lost.Quantity),
                    AllocationState.Released
                ),
                AwaitsMaterials = order.IsOpen,
                UpdatedAt = at,
            }
            : order;

    private static Refusal Closed() =>
        Refusal.State(
            "La orden está terminada o cancelada: ya no reserva materiales.",
            "The order is done or cancelled: it no longer reserves materials."
        );
}
