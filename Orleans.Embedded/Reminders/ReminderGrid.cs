namespace Orleans.Embedded;

/// <summary>When ticks are due: at the start, and whole periods after it.</summary>
internal static class ReminderGrid
{
    /// <summary>The first tick that is due after <paramref name="moment"/>.</summary>
    public static DateTimeOffset NextAfter(ReminderRow row, DateTimeOffset moment)
    {
        if (moment < row.StartAt)
            return row.StartAt;
        var periods = (moment - row.StartAt).Ticks / row.Period.Ticks + 1;
        return row.StartAt + TimeSpan.FromTicks(periods * row.Period.Ticks);
    }

    /// <summary>
    /// The tick to wait for after a start. One that was due while nobody was there is answered as it was due, in the past, so that it
    /// fires at once; several that were missed count as one.
    /// </summary>
    public static DateTimeOffset FirstAfterStart(ReminderRow row) =>
        row.LastTickAt is { } last ? NextAfter(row, last) : row.StartAt;
}
