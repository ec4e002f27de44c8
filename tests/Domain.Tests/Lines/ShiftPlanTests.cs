using Manufactura.Domain.Lines;

namespace Manufactura.Domain.Tests.Lines;

public class ShiftPlanTests
{
    private static readonly TimeZoneInfo Bogota = TimeZoneInfo.FindSystemTimeZoneById("America/Bogota");

    // 21 November 2026 is a Saturday.
    private static DateTimeOffset At(int day, int hour, int minute = 0) =>
        new(2026, 11, day, hour, minute, 0, TimeSpan.FromHours(-5));

    private static ShiftPlan Plan(ShiftCalendar calendar, decimal capacityKg, DateTimeOffset now) =>
        new(new(calendar, Bogota, At(now.ToOffset(TimeSpan.FromHours(-5)).Day, 0)), capacityKg, now);

    private static string Take(ShiftPlan plan, decimal kg) =>
        plan.Take(kg) is { } t
            ? $"{t.Start.ToOffset(TimeSpan.FromHours(-5)):dd HH:mm}-{t.End.ToOffset(TimeSpan.FromHours(-5)):dd HH:mm}"
            : "never";

    [Fact]
    public void By_default_a_line_works_two_shifts_from_Monday_to_Saturday()
    {
        var shifts = ShiftCalendar
            .Default.From(At(21, 13), Bogota)
            .Take(3)
            .Select(w => $"{w.Start.ToOffset(TimeSpan.FromHours(-5)):dd HH:mm}");
        Assert.Equal(["21 06:00", "21 14:00", "23 06:00"], shifts);
    }

    [Fact]
    public void Orders_are_made_one_after_the_other_at_the_capacity_of_a_shift()
    {
        var plan = Plan(ShiftCalendar.Default, 800, At(21, 10));
        Assert.Equal("21 10:00-21 12:00", Take(plan, 200));
        Assert.Equal("21 12:00-21 15:00", Take(plan, 300));
        Assert.Equal("21 15:00-23 06:30", Take(plan, 750));
        Assert.Equal("23 06:30-23 06:30", Take(plan, 0));
        Assert.Equal(At(23, 6), plan.Free()!.Value.Start);
    }

    [Fact]
    public void A_full_shift_ends_with_the_shift_and_the_next_one_is_free()
    {
        var plan = Plan(ShiftCalendar.Default, 800, At(21, 4));
        Assert.Equal("21 06:00-21 14:00", Take(plan, 800));
        Assert.Equal(At(21, 14), plan.Free()!.Value.Start);
    }

    [Fact]
    public void Nothing_is_made_while_the_line_is_stopped()
    {
        var calendar = ShiftCalendar
            .Create(
                ShiftCalendar.Default.Shifts,
                [new(At(21, 8), At(21, 12), "Mantenimiento"), new(At(21, 11), At(21, 13), null)]
            )
            .Outcome;
        var plan = Plan(calendar, 800, At(21, 6));
        Assert.Equal("21 06:00-21 13:30", Take(plan, 250));
    }

    [Fact]
    public void A_night_shift_ends_the_next_day_and_counts_while_it_runs()
    {
        var night = ShiftCalendar.Create([new([DayOfWeek.Saturday], new(22, 0), new(6, 0))], []).Outcome;
        var plan = Plan(night, 80, At(22, 2));
        Assert.Equal("22 02:00-22 06:00", Take(plan, 40));
        Assert.Equal("28 22:00-28 23:00", Take(plan, 10));
    }

    [Fact]
    public void Too_far_ahead_nothing_is_foretold()
    {
        var plan = Plan(ShiftCalendar.Default, 1, At(21, 6));
        Assert.Equal("never", Take(plan, 1_000_000));
        Assert.Null(plan.Free());
    }

    public static TheoryData<Shift[], LineStop[]> Wrong =>
        new()
        {
            { [], [] },
            { [new([], new(6, 0), new(14, 0))], [] },
            { [new([DayOfWeek.Monday, DayOfWeek.Monday], new(6, 0), new(14, 0))], [] },
            { [new([DayOfWeek.Monday], new(6, 0), new(6, 0))], [] },
            { [new([DayOfWeek.Monday], new(6, 0), new(14, 0)), new([DayOfWeek.Monday], new(13, 0), new(15, 0))], [] },
            { [new([DayOfWeek.Saturday], new(22, 0), new(6, 0)), new([DayOfWeek.Sunday], new(5, 0), new(7, 0))], [] },
            { [new([DayOfWeek.Monday], new(6, 0), new(14, 0))], [new(At(21, 8), At(21, 8), null)] },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_calendar_that_makes_no_sense_is_refused(Shift[] shifts, LineStop[] stops) =>
        Assert.Equal("validation", ShiftCalendar.Create(shifts, stops).Refusal!.Code);
}
