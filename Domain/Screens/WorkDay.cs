namespace Manufactura.Domain.Screens;

/// <summary>A shift of one day; the name is its word in texts: Morning, Afternoon, Night.</summary>
public sealed record WorkShift(string Name, DateTimeOffset Start, DateTimeOffset End);

/// <summary>The shifts of a day in the plant's time: 06:00–14:00 and 14:00–22:00, Monday to Saturday.</summary>
public static class WorkDay
{
    private static readonly (string Name, TimeOnly Start, TimeOnly End)[] Times =
    [
        ("Morning", new(6, 0), new(14, 0)),
        ("Afternoon", new(14, 0), new(22, 0)),
    ];

    /// <summary>The shifts of a date, in order; none on a Sunday.</summary>
    public static IReadOnlyList<WorkShift> Of(DateOnly date, TimeZoneInfo zone) =>
        date.DayOfWeek == DayOfWeek.Sunday
            ? []
            : [.. Times.Select(t => new WorkShift(t.Name, Instant(date, t.Start, zone), Instant(date, t.End, zone)))];

    /// <summary>How much of the day's working time has passed, 0 to 1; 1 on a day without shifts.</summary>
    public static double Elapsed(IReadOnlyList<WorkShift> shifts, DateTimeOffset now)
    {
        var all = shifts.Sum(s => (s.End - s.Start).TotalSeconds);
        return all <= 0 ? 1 : shifts.Sum(s => Math.Clamp((now - s.Start).TotalSeconds, 0, (s.End - s.Start).TotalSeconds)) / all;
    }

    /// <summary>The beginning of a day.</summary>
    public static DateTimeOffset Midnight(DateOnly date, TimeZoneInfo zone) => Instant(date, TimeOnly.MinValue, zone);

    private static DateTimeOffset Instant(DateOnly date, TimeOnly time, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(time);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
