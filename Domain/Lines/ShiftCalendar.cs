using System.Collections.Immutable;

namespace Manufactura.Domain.Lines;

/// <summary>A shift on some days of the week, in the plant's time. One that ends at or before its start ends on the next day.</summary>
public sealed record Shift(ImmutableArray<DayOfWeek> Days, TimeOnly Start, TimeOnly End)
{
    /// <summary>Above zero and at most a day.</summary>
    public TimeSpan Length => End > Start ? End - Start : TimeSpan.FromDays(1) - (Start - End);
}

/// <summary>A time in which the line does not work: a holiday, maintenance, a breakdown.</summary>
public sealed record LineStop(DateTimeOffset From, DateTimeOffset To, string? Reason);

/// <summary>One shift of one day.</summary>
public readonly record struct ShiftWindow(DateTimeOffset Start, DateTimeOffset End);

/// <summary>When a line works.</summary>
public sealed record ShiftCalendar(ImmutableArray<Shift> Shifts, ImmutableArray<LineStop> Stops)
{
    /// <summary>More shifts or stops than anybody plans by hand.</summary>
    public const int MaxEntries = 1000;

    private static readonly ImmutableArray<DayOfWeek> MondayToSaturday =
    [
        DayOfWeek.Monday,
        DayOfWeek.Tuesday,
        DayOfWeek.Wednesday,
        DayOfWeek.Thursday,
        DayOfWeek.Friday,
        DayOfWeek.Saturday,
    ];

    /// <summary>Monday to Saturday, 06:00–14:00 and 14:00–22:00: what counts for a line without a calendar of its own.</summary>
    public static ShiftCalendar Default { get; } =
        new([new(MondayToSaturday, new(6, 0), new(14, 0)), new(MondayToSaturday, new(14, 0), new(22, 0))], []);

    /// <summary>The calendar, its parts in order, or what is wrong with it.</summary>
    public static Decision<ShiftCalendar> Create(IReadOnlyCollection<Shift> shifts, IReadOnlyCollection<LineStop> stops)
    {
        if (shifts.Count == 0)
            return Bad("Indique al menos un turno.", "Name at least one shift.");
        if (shifts.Count > MaxEntries || stops.Count > MaxEntries)
            return Bad($"Como máximo {MaxEntries} turnos y paradas.", $"At most {MaxEntries} shifts and stops.");
        foreach (var shift in shifts)
        {
            if (
                shift.Days.IsDefaultOrEmpty
                || shift.Days.Distinct().Count() != shift.Days.Length
                || !shift.Days.All(Enum.IsDefined)
            )
                return Bad("Cada turno lleva sus días, cada día una vez.", "Every shift has its days, each day once.");
            if (shift.Start == shift.End)
                return Bad(
                    "Un turno no puede empezar y terminar a la misma hora.",
                    "A shift cannot begin and end at the same time."
                );
        }

        foreach (var stop in stops)
            if (stop.To <= stop.From)
                return Bad("Una parada termina después de empezar.", "A stop ends after it begins.");
        if (Overlap(shifts))
            return Bad("Los turnos se superponen.", "The shifts overlap.");
        return new ShiftCalendar([.. shifts.OrderBy(s => s.Start)], [.. stops.OrderBy(s => s.From)]);
    }

    /// <summary>The shifts that end after an instant, in order, without end; stops are not taken out.</summary>
    public IEnumerable<ShiftWindow> From(DateTimeOffset from, TimeZoneInfo zone)
    {
        // A shift of the day before may still be running.
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from, zone).DateTime).AddDays(-1);
        for (var date = first; date < DateOnly.MaxValue.AddDays(-2); date = date.AddDays(1))
            foreach (var shift in Shifts)
                if (shift.Days.Contains(date.DayOfWeek))
                {
                    var start = date.ToDateTime(shift.Start);
                    var window = new ShiftWindow(Instant(start, zone), Instant(start + shift.Length, zone));
                    if (window.End > from && window.End > window.Start)
                        yield return window;
                }
    }

    /// <summary>A wall clock's time as an instant. A time that the clocks skip counts as the one before they were set.</summary>
    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone) =>
        new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();

    private static bool Overlap(IEnumerable<Shift> shifts)
    {
        var spans = shifts
            .SelectMany(s =>
                s.Days.Select(d =>
                    (From: (int)d * 1440 + Minutes(s.Start), To: (int)d * 1440 + Minutes(s.Start) + (int)s.Length.TotalMinutes)
                )
            )
            .OrderBy(s => s.From)
            .ToArray();
        for (var i = 1; i < spans.Length; i++)
            if (spans[i].From < spans[i - 1].To)
                return true;
        return spans.Length > 1 && spans[^1].To - 7 * 1440 > spans[0].From;
    }

    private static int Minutes(TimeOnly time) => time.Hour * 60 + time.Minute;

    private static Refusal Bad(string es, string en) => Refusal.Validation(es, en);
}
