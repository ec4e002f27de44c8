using System.Globalization;

namespace Manufactura.Domain;

/// <summary>One sentence in both languages of the product.</summary>
public sealed record Text(string Es, string En);

/// <summary>How values read inside sentences of either language, the same on every server whatever its culture.</summary>
internal static class InSentences
{
    private static readonly NumberFormatInfo Spanish = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    private static readonly string[] Months =
    [
        "ene",
        "feb",
        "mar",
        "abr",
        "may",
        "jun",
        "jul",
        "ago",
        "sep",
        "oct",
        "nov",
        "dic",
    ];

    /// <summary>A quantity without trailing zeros, as 1.714,5.</summary>
    public static string Es(this decimal value) => value.ToString("#,##0.###############", Spanish);

    /// <summary>A quantity without trailing zeros, as 1,714.5.</summary>
    public static string En(this decimal value) => value.ToString("#,##0.###############", CultureInfo.InvariantCulture);

    /// <summary>A date as 5 dic 2026.</summary>
    public static string Es(this DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"{date.Day} {Months[date.Month - 1]} {date.Year}");

    /// <summary>A date as 5 Dec 2026.</summary>
    public static string En(this DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
