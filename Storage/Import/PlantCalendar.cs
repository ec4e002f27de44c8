using System.Globalization;

namespace Manufactura.Storage.Import;

/// <summary>
/// Reads dates and instants of the plant. Besides ISO 8601 there are relative ones, so that a demo never ages: <c>today</c>,
/// <c>today+30</c>, <c>today-3T08:30</c>. A relative instant that has not come yet is now.
/// </summary>
internal sealed class PlantCalendar(TimeProvider clock, TimeZoneInfo zone)
{
    private const int MaxDays = 36_500;

    private readonly DateTimeOffset now = clock.GetUtcNow();

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);

    /// <summary>The present moment, the same for the whole set.</summary>
    public DateTimeOffset Now => now;

    /// <summary>A date of the plant; null when the text is none.</summary>
    public DateOnly? Date(string text, bool spanish)
    {
        if (Relative(text) is { } relative)
            return relative;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        return spanish && DateOnly.TryParseExact(text, "d/M/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out date)
            ? date
            : null;
    }

    /// <summary>An instant; without an offset it is the plant's time. Null when the text is none.</summary>
    public DateTimeOffset? Instant(string text, bool spanish)
    {
        if (text.StartsWith("today", StringComparison.OrdinalIgnoreCase))
        {
            var separator = text.IndexOf('T', StringComparison.Ordinal);
            var time = default(TimeOnly);
            var day = separator < 0 ? text : text[..separator];
            if (separator > 0 && !TryTime(text[(separator + 1)..], out time))
                return null;
            if (Relative(day) is not { } date)
                return null;
            var instant = Local(date.ToDateTime(time));
            return instant > now ? now : instant;
        }

        if (Date(text, spanish) is { } whole)
            return Local(whole.ToDateTime(default));
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var parsed))
            return null;
        if (!char.IsAsciiDigit(text[0]) || text.Length < 16 || text[4] != '-')
            return null;
        return parsed.Kind == DateTimeKind.Unspecified
            ? Local(parsed)
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime();
    }

    private static bool TryTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private DateOnly? Relative(string text)
    {
        if (!text.StartsWith("today", StringComparison.OrdinalIgnoreCase))
            return null;
        var days = text[5..];
        if (days.Length == 0)
            return Today;
        if (
            days[0] is not ('+' or '-')
            || !int.TryParse(days, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
        )
            return null;
        return Math.Abs(n) <= MaxDays ? Today.AddDays(n) : null;
    }

    private DateTimeOffset Local(DateTime local)
    {
        // A local time that a clock change skips is moved past the gap.
        if (zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
