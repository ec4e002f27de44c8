using System.Globalization;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>WO-0007, its partial orders WO-0007-01 …, its backorder WO-0007-R1, that one's partials WO-0007-R1-01 … and backorder WO-0007-R2.</summary>
public static class OrderNumbers
{
    /// <summary>At least four digits, growing past 9999.</summary>
    public static string Format(string prefix, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:0000}");

    public static string Partial(string order, int index) => string.Create(CultureInfo.InvariantCulture, $"{order}-{index:00}");

    public static string Backorder(string order) =>
        string.Create(CultureInfo.InvariantCulture, $"{Root(order)}-R{Chain(order) + 1}");

    /// <summary>The order at the head of a backorder chain: WO-0007 of WO-0007-R2, and of itself.</summary>
    public static string Root(string order) => Chain(order) == 0 ? order : order[..Mark(order)];

    /// <summary>The place in the chain: 2 of WO-0007-R2, 0 of WO-0007.</summary>
    private static int Chain(string order) =>
        Mark(order) is > 0 and var mark
        && int.TryParse(order.AsSpan(mark + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var chain)
            ? chain
            : 0;

    private static int Mark(string order) => order.LastIndexOf("-R", StringComparison.Ordinal);
}
