using System.Collections.Immutable;
using Manufactura.Domain.Lines;

namespace Manufactura.Domain.Tests.Lines;

public class ShiftTimelineTests
{
    private static readonly TimeZoneInfo Bogota = TimeZoneInfo.FindSystemTimeZoneById("America/Bogota");
    private static readonly TimeZoneInfo Madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");
    private static readonly DayOfWeek[] Week = Enum.GetValues<DayOfWeek>();

    // 21 November 2026 is a Saturday.
    private static DateTimeOffset At(int day, int hour, int minute = 0) =>
        new(2026, 11, day, hour, minute, 0, TimeSpan.FromHours(-5));

    private static ShiftTimeline Line(ShiftCalendar? calendar = null) =>
        new(calendar ?? ShiftCalendar.Default, Bogota, At(21, 0));

    [Fact]
    public void Work_is_counted_in_shifts_and_rests_where_the_line_rests()
    {
        var line = Line();
        Assert.Equal(
            [0, 0.5m, 1, 1.5m, 2, 2, 2.25m],
            new[] { At(21, 3), At(21, 10), At(21, 14), At(21, 18), At(21, 23), At(22, 12), At(23, 8) }.Select(line.WorkAt)
        );
        Assert.Equal(At(21, 14), line.End(1));
        Assert.Equal(At(21, 22), line.End(2));
        Assert.Equal(At(23, 6), line.Begin(2));
        Assert.Equal((false, true, false), (line.Works(At(21, 5)), line.Works(At(21, 6)), line.Works(At(22, 12))));
    }

    [Fact]
    public void The_part_of_a_day_that_is_done_counts_working_time_only()
    {
        var line = Line();
        Assert.Equal(
            [0, 0, 0.25m, 1, 1],
            new[] { At(21, 0), At(21, 6), At(21, 10), At(21, 22), At(22, 9) }.Select(now =>
                line.PartDone(At(21, 0), At(22, 0), now)
            )
        );
        Assert.Equal(0, line.PartDone(At(22, 0), At(23, 0), At(22, 12)));
        Assert.Equal(100, LineProgress.PlannedNow(401, 0.25m));
        Assert.Equal(0.625m, LineProgress.PlannedNow(2.5m, 0.25m));
    }

    [Fact]
    public void What_a_queue_puts_into_each_shift_is_all_of_it_and_never_more_than_fits()
    {
        var stopped = ShiftCalendar.Create(ShiftCalendar.Default.Shifts, [new(At(21, 14), At(21, 18), "Mantenimiento")]).Outcome;
        var plan = new ShiftPlan(Line(stopped), 800, At(21, 10));
        Assert.Equal(
            ["21 400 of 400", "21 400 of 400", "23 300 of 800", "23 0 of 800"],
            plan.Loads(1100, 4)
                .Select(l => $"{l.Shift.Start.ToOffset(TimeSpan.FromHours(-5)):dd} {l.AssignedKg:0} of {l.CapacityKg:0}")
        );
    }

    [Fact]
    public void A_shift_on_the_night_when_clocks_change_is_as_long_as_it_is()
    {
        // Clocks in Madrid go back on 25 October 2026: the night shift lasts nine hours.
        var night = ShiftCalendar.Create([new([.. Week], new(22, 0), new(6, 0))], []).Outcome;
        var start = new DateTimeOffset(2026, 10, 24, 22, 0, 0, TimeSpan.FromHours(2));
        var line = new ShiftTimeline(night, Madrid, start);
        Assert.Equal(start.AddHours(9), line.End(1));
        Assert.Equal(start.AddHours(4.5), line.End(0.5m));
    }

    /// <summary>Against a slow reckoning that walks minute by minute.</summary>
    [Fact]
    public void Work_and_time_are_each_others_inverse_for_any_calendar() =>
        Property.Holds(
            150,
            random =>
            {
                var calendar = Any(random);
                var line = new ShiftTimeline(calendar, Bogota, At(21, 0));
                var (walked, minutes) = (0m, random.Next(1, 3 * 1440));
                for (var m = 0; m < minutes; m++)
                    walked += Share(calendar, At(21, 0).AddMinutes(m));
                var at = At(21, 0).AddMinutes(minutes);
                var work = line.WorkAt(at);
                Assert.Equal(walked, work, 6);
                if (line.Works(at))
                {
                    Assert.InRange((line.Begin(work)!.Value - at).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
                    Assert.Equal(work, line.WorkAt(line.Begin(work)!.Value), 6);
                }

                // Asked in any order, as far ahead as it is foretold, it answers the same.
                var far = random.Next(1, ShiftTimeline.MaxShifts);
                var other = new ShiftTimeline(calendar, Bogota, At(21, 0));
                Assert.Equal(other.End(far / 2m), line.End(far / 2m));
                Assert.Equal(other.ShiftOf(far / 3m), line.ShiftOf(far / 3m));
                Assert.Equal(other.WorkAt(at), line.WorkAt(at));
            }
        );

    /// <summary>The part of a shift that is done in the minute that begins at an instant.</summary>
    private static decimal Share(ShiftCalendar calendar, DateTimeOffset at)
    {
        if (calendar.Stops.Any(s => s.From <= at && at < s.To))
            return 0;
        var local = at.ToOffset(TimeSpan.FromHours(-5)).DateTime;
        foreach (var shift in calendar.Shifts)
        foreach (var day in new[] { local.Date, local.Date.AddDays(-1) })
        {
            var start = day + shift.Start.ToTimeSpan();
            if (shift.Days.Contains(day.DayOfWeek) && start <= local && local < start + shift.Length)
                return 1 / (decimal)shift.Length.TotalMinutes;
        }

        return 0;
    }

    private static ShiftCalendar Any(Random random)
    {
        ImmutableArray<DayOfWeek> days = [.. Week.Where(_ => random.Next(3) > 0).DefaultIfEmpty(DayOfWeek.Saturday)];
        var first = random.Next(0, 12 * 60);
        var second = first + random.Next(1, 6 * 60);
        var third = second + random.Next(1, 6 * 60);
        Shift[] shifts = [new(days, Time(first), Time(second)), new(days, Time(second), Time(third))];
        LineStop[] stops =
        [
            .. Enumerable
                .Range(0, random.Next(5))
                .Select(_ => At(21, 0).AddMinutes(random.Next(3 * 1440)))
                .Select(from => new LineStop(from, from.AddMinutes(random.Next(1, 600)), null)),
        ];
        return ShiftCalendar.Create(shifts, stops).Outcome;
    }

    private static TimeOnly Time(int minutes) => TimeOnly.MinValue.AddMinutes(minutes);
}
