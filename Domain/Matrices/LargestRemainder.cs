using System.Collections.Immutable;

namespace Manufactura.Domain.Matrices;

/// <summary>
/// Rule of three that always adds up (matriz-especificacion-tecnica 3.1): whole units of the precision go down by share,
/// what is left over goes one unit each to the largest remainders, ties to the earlier place.
/// </summary>
public static class LargestRemainder
{
    /// <summary>
    /// Splits <paramref name="total"/> (0 or more, at most <paramref name="precision"/> decimals) by integer weights above zero.
    /// The parts add up to the total exactly and each is less than one unit of the precision from its share.
    /// </summary>
    public static ImmutableArray<decimal> Split(decimal total, ReadOnlySpan<int> weights, int precision)
    {
        var wide = new Int128[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weights[i], nameof(weights));
            wide[i] = weights[i];
        }

        return Split(total, wide, precision);
    }

    /// <summary>
    /// Splits by quantities (0 or more, up to 3 decimals, not all zero): a part never exceeds its weight when the total does not
    /// exceed the sum of the weights.
    /// </summary>
    public static ImmutableArray<decimal> Split(decimal total, ReadOnlySpan<decimal> weights, int precision)
    {
        var wide = new Int128[weights.Length];
        for (var i = 0; i < weights.Length; i++)
            wide[i] = ToUnits(weights[i], MaxPrecision);
        return Split(total, wide, precision);
    }

    /// <summary>Splits over <paramref name="count"/> equal parts.</summary>
    public static ImmutableArray<decimal> SplitEvenly(decimal total, int count, int precision)
    {
        var weights = new int[count];
        Array.Fill(weights, 1);
        return Split(total, weights, precision);
    }

    internal const int MaxPrecision = 3;

    internal static Int128 ToUnits(decimal value, int precision)
    {
        var unit = Unit(precision);
        var units = (Int128)(value / unit);
        return value >= 0 && (decimal)units * unit == value
            ? units
            : throw new ArgumentOutOfRangeException(
                nameof(value),
                value,
                $"The quantity has more than {precision} decimals or is negative."
            );
    }

    internal static decimal FromUnits(Int128 units, int precision)
    {
        // Trailing zeros go before the conversion: a decimal division per cell is what a large matrix would feel.
        for (; precision > 0 && units % 10 == 0; precision--)
            units /= 10;
        return (decimal)units * Unit(precision);
    }

    /// <summary>The same in whole units; weights are 0 or more and not all zero.</summary>
    internal static Int128[] SplitUnits(Int128 total, ReadOnlySpan<Int128> weights)
    {
        Int128 sum = 0;
        foreach (var weight in weights)
            sum += weight;
        if (sum == 0)
            throw new ArgumentException("There is nothing to split over.", nameof(weights));
        var parts = new Int128[weights.Length];
        var remainders = new Int128[weights.Length];
        var left = total;
        for (var i = 0; i < weights.Length; i++)
        {
            (parts[i], remainders[i]) = Int128.DivRem(total * weights[i], sum);
            left -= parts[i];
        }

        HandOut(parts, remainders, (int)left);
        return parts;
    }

    /// <summary>Adds one unit to each of the <paramref name="count"/> largest remainders, ties to the earlier.</summary>
    internal static void HandOut(Span<Int128> parts, ReadOnlySpan<Int128> remainders, int count)
    {
        if (count == 0)
            return;
        var order = new int[parts.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var keys = remainders.ToArray();
        Array.Sort(order, (a, b) => keys[b] != keys[a] ? keys[b].CompareTo(keys[a]) : a.CompareTo(b));
        for (var i = 0; i < count; i++)
            parts[order[i]]++;
    }

    private static ImmutableArray<decimal> Split(decimal total, Int128[] weights, int precision)
    {
        var parts = SplitUnits(ToUnits(total, precision), weights);
        var result = ImmutableArray.CreateBuilder<decimal>(parts.Length);
        foreach (var part in parts)
            result.Add(FromUnits(part, precision));
        return result.MoveToImmutable();
    }

    private static decimal Unit(int precision) =>
        precision switch
        {
            0 => 1m,
            1 => 0.1m,
            2 => 0.01m,
            3 => 0.001m,
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "A unit has 0 to 3 decimals."),
        };
}
