using System.Globalization;
using System.Text;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api;

/// <summary>
/// A list as CSV for other programs: UTF-8, commas, a header with the names of the JSON members, decimal points. A text that a
/// spreadsheet would run as a formula gets an apostrophe in front, as in an export.
/// </summary>
public sealed class CsvAnswer
{
    private readonly StringBuilder text = new();

    public CsvAnswer(params IReadOnlyList<string> columns) => text.AppendJoin(',', columns.Select(Field)).Append("\r\n");

    public void Add(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            text.Append(i == 0 ? "" : ",").Append(Field(values[i]));
        text.Append("\r\n");
    }

    public IResult ToResult(string name) => Results.Text(text.ToString(), "text/csv; charset=utf-8", Encoding.UTF8).Named(name);

    /// <summary>All pages of a list, one after the other.</summary>
    /// <param name="decode">Null: the list goes by id.</param>
    public static async IAsyncEnumerable<T> AllAsync<T>(
        Func<PageRequest, Task<Page<T>>> read,
        Func<string, Cursor?>? decode = null
    )
    {
        Cursor? after = null;
        do
        {
            var page = await read(new PageRequest(PageRequest.MaxLimit, after));
            foreach (var item in page.Items)
                yield return item;
            after = page.NextCursor is { } next ? (decode ?? Cursor.DecodeId)(next) : null;
        } while (after is not null);
    }

    private static string Field(object? value)
    {
        var field = value switch
        {
            null => "",
            decimal number => number.ToString("0.######", CultureInfo.InvariantCulture),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
            string words => words is ['=' or '+' or '-' or '@' or '\t', ..] ? "'" + words : words,
            IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        return field.AsSpan().IndexOfAny("\",\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

/// <summary>Asks for and names CSV answers.</summary>
internal static class CsvRequests
{
    /// <summary>Whether <c>format=csv</c> was asked for; anything but json and csv is refused.</summary>
    public static bool IsCsv(this ListQuery query) => query.Words("format", "json", "csv") is ["csv"];

    /// <summary>Runs the query unless a filter was refused.</summary>
    public static async Task<IResult> RunCsv(this ListQuery query, Func<Task<IResult>> read) =>
        query.Refusal is { } refusal ? refusal.ToProblem() : await read();

    public static IResult Named(this IResult result, string name) => new NamedResult(result, name);

    private sealed class NamedResult(IResult inner, string name) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
            return inner.ExecuteAsync(httpContext);
        }
    }
}
