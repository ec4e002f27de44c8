using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace Manufactura.Dashboard.Pages.Shared;

/// <summary>One column of a list.</summary>
/// <param name="Title">Its heading, here and in an export.</param>
/// <param name="Value">What it is sorted and exported by.</param>
/// <param name="Cell">How it is shown; null: only exported.</param>
/// <param name="Number">Stands at the right.</param>
public sealed record Column<TRow>(
    string Title,
    Func<TRow, object?> Value,
    RenderFragment<TRow>? Cell = null,
    bool Number = false
);

/// <summary>Rows as a CSV text, as the reader's spreadsheet opens it: separator and decimal mark of the page's language.</summary>
public static class CsvText
{
    public static string Of<TRow>(IReadOnlyList<Column<TRow>> columns, IEnumerable<TRow> rows)
    {
        var separator = CultureInfo.CurrentCulture.TextInfo.ListSeparator;
        var text = new StringBuilder();
        text.AppendJoin(separator, columns.Select(c => Field(c.Title, separator))).Append("\r\n");
        foreach (var row in rows)
            text.AppendJoin(separator, columns.Select(c => Field(c.Value(row), separator))).Append("\r\n");
        return text.ToString();
    }

    private static string Field(object? value, string separator)
    {
        var text = value switch
        {
            null => "",
            bool yes => yes ? "1" : "0",
            decimal number => number.ToString("0.######", CultureInfo.CurrentCulture),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset at => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            string words => Harmless(words),
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return text.AsSpan().IndexOfAny("\"\r\n") >= 0 || text.Contains(separator, StringComparison.Ordinal)
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    // A spreadsheet would take these for a formula.
    private static string Harmless(string text) => text is ['=' or '+' or '-' or '@' or '\t', ..] ? "'" + text : text;
}
