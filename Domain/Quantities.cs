namespace Manufactura.Domain;

/// <summary>Quantities are decimal(18,3), at the precision (0 to 3 decimals) of their unit.</summary>
public static class Quantities
{
    /// <summary>Exclusive: what decimal(18,3) cannot hold.</summary>
    public const decimal Limit = 1_000_000_000_000_000m;

    /// <summary>Whether a value fits the unit: below the limit and with no more than <paramref name="precision"/> decimals.</summary>
    public static bool Fits(decimal value, int precision) =>
        value > -Limit && value < Limit && decimal.Round(value, precision, MidpointRounding.ToZero) == value;

    /// <summary>The smallest quantity of the unit that is not below <paramref name="value"/>.</summary>
    public static decimal RoundUp(decimal value, int precision) =>
        decimal.Round(value, precision, MidpointRounding.ToPositiveInfinity);

    /// <summary>The largest quantity of the unit that is not above <paramref name="value"/>.</summary>
    public static decimal RoundDown(decimal value, int precision) =>
        decimal.Round(value, precision, MidpointRounding.ToNegativeInfinity);

    /// <summary>Without trailing zeros, so that 4.000 and 4 read, compare and serialize alike.</summary>
    public static decimal Plain(this decimal value) => value / 1.0000000000000000000000000000m;
}
