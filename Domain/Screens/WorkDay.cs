using Manufactura.Domain.Lines;

namespace Manufactura.Domain.Screens;

/// <summary>A shift of one day; the name is its word in texts: Morning, Afternoon, Night.</summary>
public sealed record WorkShift(string Name, DateTimeOffset Start, DateTimeOffset End);

/// <summary>The shifts of a day by the plant's default calendar.</summary>
public static class WorkDay
{
    /// <summary>The shifts that begin on a date, in order; none on a day of rest.</summary>
    public static IReadOnlyList<WorkShift> Of(DateOnly date, TimeZoneInfo zone)
    {
        var (from, to) = (Midnight(date, zone), Midnight(date.AddDays(1), zone));
        return
        [
            .. ShiftCalendar
                .Default.From(from, zone)
                .TakeWhile(w => w.Start < to)
                .Where(w => w.Start >= from)
                .Select(w => new WorkShift(Name(TimeZoneInfo.ConvertTime(w.Start, zone).Hour), w.Start, w.End)),
        ];
    }

    /// <summary>How much of the day's working time has passed, 0 to 1; 1 on a day without shifts.</summary>
    public static decimal Elapsed(IReadOnlyList<WorkShift> shifts, DateTimeOffset now)
    {
        var all = shifts.Sum(s => (s.End - s.Start).Ticks);
        var passed = shifts.Sum(s => Math.Clamp((now - s.Start).Ticks, 0, (s.End - s.Start).Ticks));
        return all <= 0 ? 1 : (decimal)passed / all;
    }

    /// <summary>The beginning of a day.</summary>
    public static DateTimeOffset Midnight(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static string Name(int hour) =>
        hour switch
        {
            >= 4 and < 12 => "Morning",
            >= 12 and < 20 => "Afternoon",
            _ => "Night",
        };
}
