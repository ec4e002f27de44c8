using System.Globalization;
using Manufactura.Domain;
using Manufactura.Grains;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api;

/// <summary>
/// The filters of a list as they stand in the address. Reads them all and remembers the first that cannot be understood:
/// <see cref="Refusal"/>, 400 <c>validation</c>.
/// </summary>
public sealed class ListQuery
{
    private readonly IQueryCollection query;

    private ListQuery(HttpContext http)
    {
        query = http.Request.Query;
        Clock = http.RequestServices.GetRequiredService<PlantClock>();
    }

    public static ValueTask<ListQuery?> BindAsync(HttpContext http) => ValueTask.FromResult<ListQuery?>(new(http));

    /// <summary>Why the request is refused; null while every filter was understood.</summary>
    public Refusal? Refusal { get; private set; }

    public PlantClock Clock { get; }

    /// <summary>One text; null when it is not given or empty.</summary>
    public string? Text(string name)
    {
        var value = query[name].ToString();
        if (value.Contains('\0', StringComparison.Ordinal))
            Refuse(name, "no admite el carácter nulo", "takes no NUL character");
        return value.Length == 0 || Refusal is not null ? null : value;
    }

    /// <summary>Codes, parted by commas or given several times. A code that itself has a comma is found as well.</summary>
    public string[] Codes(string name)
    {
        var found = new List<string>();
        foreach (var value in query[name])
        {
            if (string.IsNullOrEmpty(value))
                continue;
            if (value.Contains('\0', StringComparison.Ordinal))
                Refuse(name, "no admite el carácter nulo", "takes no NUL character");
            var parts = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            found.AddRange(parts);
            if (parts.Length > 1)
                found.Add(value);
        }

        return Refusal is null ? [.. found] : [];
    }

    /// <summary>Words of a fixed set, parted by commas or given several times.</summary>
    public string[] Words(string name, params IReadOnlyCollection<string> allowed)
    {
        string[] words =
        [
            .. query[name]
                .SelectMany(v => (v ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];
        if (words.FirstOrDefault(w => !allowed.Contains(w)) is { } unknown)
        {
            var shown = unknown.Length > 60 ? unknown[..60] : unknown;
            var list = string.Join(", ", allowed);
            Refuse(name, $"no admite '{shown}': {list}", $"does not take '{shown}': {list}");
        }

        return words;
    }

    /// <summary>The words of an enumeration as the interface writes them.</summary>
    public string[] Words<T>(string name)
        where T : struct, Enum => Words(name, Enum.GetNames<T>());

    /// <summary><c>true</c> or <c>false</c>; null when it is not given.</summary>
    public bool? Flag(string name) =>
        Text(name) switch
        {
            null => null,
            "true" => true,
            "false" => false,
            _ => Refuse<bool>(name, "debe ser true o false", "must be true or false"),
        };

    /// <summary>A date such as 2026-11-20.</summary>
    public DateOnly? Date(string name) =>
        Text(name) is not { } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : Refuse<DateOnly>(name, "debe ser una fecha como 2026-11-20", "must be a date such as 2026-11-20");

    /// <summary>A whole number from 0.</summary>
    public long? Number(string name) =>
        Text(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : Refuse<long>(name, "debe ser un número entero desde 0", "must be a whole number from 0");

    /// <summary>From this instant: a date means the beginning of the plant's day.</summary>
    public DateTimeOffset? From(string name = "from") => Instant(name, 0);

    /// <summary>Before this instant: a date means the end of the plant's day, an instant itself still counts.</summary>
    public DateTimeOffset? Before(string name = "to") => Instant(name, 1);

    /// <summary>Limit and cursor of a list in order of id.</summary>
    public PageRequest PageById() => Page(Cursor.DecodeId);

    /// <summary>Limit and cursor of a list in order of codes.</summary>
    public PageRequest PageByCode(int parts = 1) => Page(text => Cursor.Decode(text, parts));

    /// <summary>1 to 500; more than 500 is 500.</summary>
    public int Limit(string name = "limit", int otherwise = PageRequest.DefaultLimit)
    {
        var limit = Number(name) ?? otherwise;
        if (limit == 0)
            Refuse(name, "debe ser un número entero desde 1", "must be a whole number from 1");
        return (int)Math.Clamp(limit, 1, PageRequest.MaxLimit);
    }

    /// <summary>The beginning of a day of the plant.</summary>
    public DateTimeOffset StartOf(DateOnly date)
    {
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Clock.Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private PageRequest Page(Func<string, Cursor?> decode)
    {
        var limit = Limit();
        if (Text("cursor") is not { } text)
            return new(limit);
        if (decode(text) is { } after)
            return new(limit, after);
        Refuse("cursor", "no es el cursor de esta lista", "is not a cursor of this list");
        return new(limit);
    }

    private DateTimeOffset? Instant(string name, int days)
    {
        if (Text(name) is not { } text)
            return null;
        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date.Year is > 1 and < 9999
        )
            return StartOf(date.AddDays(days));
        // A '+' in an address is a blank unless it was escaped.
        return
            text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(
                text.Replace(' ', '+'),
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var instant
            )
            && instant.Year is > 1 and < 9999
            ? instant.AddMicroseconds(days).ToUniversalTime()
            : Refuse<DateTimeOffset>(
                name,
                "debe ser una fecha como 2026-11-20 o un instante RFC 3339",
                "must be a date such as 2026-11-20 or an RFC 3339 instant"
            );
    }

    private T? Refuse<T>(string name, string es, string en)
        where T : struct
    {
        Refuse(name, es, en);
        return null;
    }

    private void Refuse(string name, string es, string en) =>
        Refusal ??= new Refusal("validation", RefusalKind.Malformed, $"El filtro {name} {es}.", $"The filter {name} {en}.").With(
            "field",
            name
        );
}
