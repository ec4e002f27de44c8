using System.Globalization;

namespace Manufactura.Domain;

/// <summary>One sentence in both languages of the product.</summary>
public sealed record Text(string Es, string En);

/// <summary>How values read inside sentences, the same on every server whatever its culture.</summary>
internal static class InSentences
{
    /// <summary>A quantity without trailing zeros and with a decimal point.</summary>
    public static string Say(this decimal value) => value.Plain().ToString(CultureInfo.InvariantCulture);

    /// <summary>A date as 2026-11-20.</summary>
    public static string Say(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
