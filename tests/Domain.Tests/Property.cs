using System.Globalization;

namespace Manufactura.Domain.Tests;

/// <summary>Runs a check over random cases. Each case has its own seed, so that a failure replays alone with DOMAIN_SEED.</summary>
internal static class Property
{
    public static void Holds(int cases, Action<Random> check)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("DOMAIN_SEED"), CultureInfo.InvariantCulture, out var replay))
        {
            check(new Random(replay));
            return;
        }

        var first = Random.Shared.Next(int.MaxValue / 2);
        for (var i = 0; i < cases; i++)
        {
            try
            {
                check(new Random(first + i));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Case {i} failed; replay it with DOMAIN_SEED={first + i}: {e.Message}", e);
            }
        }
    }

    /// <summary>A quantity of 0 or more with that many decimals; small, middling and huge ones are all likely.</summary>
    public static decimal Quantity(this Random random, int precision, int maxDigits = 15)
    {
        var digits = random.Next(1, maxDigits + precision + 1);
        var units = random.NextInt64((long)Math.Pow(10, digits));
        return units * Unit(precision);
    }

    public static decimal Unit(int precision) =>
        precision switch
        {
            0 => 1m,
            1 => 0.1m,
            2 => 0.01m,
            _ => 0.001m,
        };
}
