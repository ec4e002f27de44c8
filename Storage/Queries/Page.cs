using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Manufactura.Storage.Queries;

/// <summary>One page of a list; <paramref name="NextCursor"/> is null on the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>The same page of something else.</summary>
    public Page<TOther> Map<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], NextCursor);
}

/// <summary>The key of the last row of a page; the next page starts behind it. Opaque to callers.</summary>
public sealed record Cursor(params string[] Parts)
{
    private const char Separator = '\u001f';

    /// <summary>The only part as a number, for lists in order of id.</summary>
    public long Id => long.Parse(Parts[0], CultureInfo.InvariantCulture);

    public static Cursor Of(long id) => new(id.ToString(CultureInfo.InvariantCulture));

    public string Encode() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, Parts)));

    /// <summary>The cursor that <see cref="Encode"/> wrote; null when the text is none, or has another number of parts.</summary>
    public static Cursor? Decode(string text, int parts)
    {
        if (text.Length > 1000 || !Base64Url.IsValid(text))
            return null;
        var found = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator);
        // PostgreSQL takes no NUL in a text.
        return found.Length == parts && !found.Any(p => p.Contains('\0')) ? new Cursor(found) : null;
    }

    /// <summary>A cursor of a list in order of id.</summary>
    public static Cursor? DecodeId(string text) =>
        Decode(text, 1) is { } cursor && long.TryParse(cursor.Parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? cursor
            : null;
}

/// <summary>How many rows (1 to 500) and behind which one.</summary>
public sealed record PageRequest(int Limit = PageRequest.DefaultLimit, Cursor? After = null)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;

    internal long? AfterId => After?.Id;
}
