using System.Globalization;

namespace Manufactura.Domain;

/// <summary>Quantities inside sentences.</summary>
public static class QuantityText
{
    /// <summary>
    /// Without trailing zeros and with a decimal point, whatever culture the server runs under: in an enumeration a decimal comma
    /// would read as another quantity, and the same refusal must read the same on every node.
    /// </summary>
    public static string Text(this decimal value) => value.Plain().ToString(CultureInfo.InvariantCulture);
}
