using System.Globalization;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>WO-0007, its partial orders WO-0007-01 …, its backorder WO-0007-R1, that one's partials WO-0007-R1-01 … and backorder WO-0007-R2.</summary>
public static class OrderNumbers
{
    /// <summary>At least four digits, growing past 9999.</summary>
    public static string Format(string prefix, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number:0000}");

    public static string Partial(string order, int index) => string.Create(CultureInfo.InvariantCulture, $"{order}-{index:00}");

    public static string Backorder(string order)
    {
        var mark = order.LastIndexOf("-R", StringComparison.Ordinal);
        return mark > 0 && int.TryParse(order.AsSpan(mark + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var chain)
            ? string.Create(CultureInfo.InvariantCulture, $"{order[..mark]}-R{chain + 1}")
            : order + "-R1";
    }
}
