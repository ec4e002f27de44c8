using System.Collections.Immutable;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>How much of a component a production uses up.</summary>
public static class Consumption
{
    /// <summary>
    /// What producing on from <paramref name="before"/> to <paramref name="after"/> consumes of one component: BOM × produced so
    /// far, rounded up to the component's precision, less what was consumed before.
    /// </summary>
    public static decimal Between(decimal perUnit, decimal before, decimal after, int precision) =>
        Quantities.RoundUp(perUnit * after, precision) - Quantities.RoundUp(perUnit * before, precision);

    /// <summary>The whole requirement of each component for <paramref name="quantity"/> units of the product.</summary>
    public static ImmutableArray<(OrderBomLine Line, decimal Required)> For(
        ImmutableArray<OrderBomLine> lines,
        decimal quantity,
        Func<string, int> precisionOf
    ) => [.. lines.Select(l => (l, Quantities.RoundUp(l.Quantity * quantity, precisionOf(l.Component))))];
}
