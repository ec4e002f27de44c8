using System.Collections.Immutable;
using Manufactura.Domain.Materials;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Domain.Lines;

/// <summary>What is assigned to a line: kilograms outstanding of its open orders against its capacity per shift.</summary>
public sealed record LineLoad(decimal CapacityKg, decimal AssignedKg)
{
    /// <summary>Assigned / capacity × 100, to two decimals; may exceed 100.</summary>
    public decimal Percent =>
        CapacityKg > 0 ? decimal.Round(AssignedKg / CapacityKg * 100, 2, MidpointRounding.AwayFromZero).Plain() : 0;

    /// <summary>Above 100 %, by the unrounded numbers.</summary>
    public bool Saturated => AssignedKg > CapacityKg;

    /// <summary>Kilograms still to be made of an order; 0 for a closed one or a product without unit weight.</summary>
    public static decimal OutstandingKg(ProductionOrder order, decimal? unitWeightKg) =>
        order.IsOpen && order.Outstanding > 0 ? (order.Outstanding * (unitWeightKg ?? 0)).Plain() : 0;

    /// <summary>The load of a line by the orders assigned to it; orders of other lines are left out.</summary>
    public static LineLoad Of(ProductionLine line, IEnumerable<ProductionOrder> orders, Func<string, decimal?> unitWeightKgOf) =>
        new(
            line.CapacityKg,
            orders.Where(o => o.Line == line.Code).Sum(o => OutstandingKg(o, unitWeightKgOf(o.Material))).Plain()
        );
}

/// <summary>Produced against planned, now.</summary>
public static class LineProgress
{
    /// <summary>
    /// What of a day's plan should be made by now: the part of the day's working time that has passed (0 to 1), in whole units
    /// where the plan is whole.
    /// </summary>
    public static decimal PlannedNow(decimal plannedToday, decimal partDone) =>
        Quantities
            .RoundDown(plannedToday * partDone, decimal.IsInteger(plannedToday) ? 0 : LargestRemainder.MaxPrecision)
            .Plain();
}

/// <summary>The sequence of the orders on a line.</summary>
public static class LineQueue
{
    /// <summary>The position behind all that stand there.</summary>
    public static decimal NextPosition(IEnumerable<decimal?> positions) => Math.Floor(positions.Max() ?? 0) + 1;
}

/// <summary>A line that could take an order; <paramref name="AssignedKg"/> is what it has without it.</summary>
public sealed record LineCandidate(ProductionLine Line, LineCompatibility Compatibility, decimal AssignedKg);

/// <summary>One line of the choice a person is shown; units are null when the product has no unit weight.</summary>
public sealed record LineOption(
    string Code,
    string Name,
    int Priority,
    decimal? CapacityUnits,
    decimal CapacityKg,
    decimal AssignedKg,
    decimal Percent,
    bool Saturated
);

/// <summary>"El sistema lista las líneas compatibles."</summary>
public static class LineOptions
{
    /// <summary>Active compatible lines by priority, then by load, then by code.</summary>
    public static ImmutableArray<LineOption> For(Material product, IEnumerable<LineCandidate> candidates) =>
        [
            .. candidates
                .Where(c => c.Line.Active && c.Compatibility.Material == product.Code && c.Compatibility.Line == c.Line.Code)
                .Select(c => Option(product, c, new LineLoad(c.Line.CapacityKg, c.AssignedKg)))
                .OrderBy(o => o.Priority)
                .ThenBy(o => o.Percent)
                .ThenBy(o => o.Code, StringComparer.Ordinal),
        ];

    private static LineOption Option(Material product, LineCandidate candidate, LineLoad load) =>
        new(
            candidate.Line.Code,
            candidate.Line.Name,
            candidate.Compatibility.Priority,
            product.UnitWeightKg is { } kg and > 0 ? LineCapacity.Units(candidate.Line.CapacityKg, kg) : null,
            load.CapacityKg,
            load.AssignedKg,
            load.Percent,
            load.Saturated
        );
}
