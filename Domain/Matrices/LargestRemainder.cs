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
        if (weights.Length == 0)
            throw new ArgumentException("There is nothing to split over.", nameof(weights));
        var unit = Unit(precision);
        var units = (Int128)(total / unit);
        if ((decimal)units * unit != total || total < 0)
            throw new ArgumentOutOfRangeException(
                nameof(total),
                total,
                $"The total has more than {precision} decimals or is negative."
            );
        Int128 sum = 0;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weight);
            sum += weight;
        }

        var parts = new Int128[weights.Length];
        var remainders = new Int128[weights.Length];
        var order = new int[weights.Length];
        var left = units;
        for (var i = 0; i < weights.Length; i++)
        {
            (parts[i], remainders[i]) = Int128.DivRem(units * weights[i], sum);
            left -= parts[i];
            order[i] = i;
        }

        Array.Sort(order, (a, b) => remainders[b] != remainders[a] ? remainders[b].CompareTo(remainders[a]) : a.CompareTo(b));
        for (var i = 0; i < (int)left; i++)
            parts[order[i]]++;
        var result = ImmutableArray.CreateBuilder<decimal>(parts.Length);
        foreach (var part in parts)
            result.Add((decimal)part * unit);
        return result.MoveToImmutable();
    }

    /// <summary>Splits over <paramref name="count"/> equal parts.</summary>
    public static ImmutableArray<decimal> SplitEvenly(decimal total, int count, int precision)
    {
        var weights = new int[count];
        Array.Fill(weights, 1);
        return Split(total, weights, precision);
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
