namespace Orleans.Runtime;

/// <summary>A reminder that stands.</summary>
public interface IGrainReminder
{
    /// <summary>Unique within the grain.</summary>
    string ReminderName { get; }
}

/// <summary>Which tick of a reminder this is. All times are UTC.</summary>
public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
{
    /// <summary>When the first tick was due: ticks are due at this time plus whole periods.</summary>
    public DateTime FirstTickTime { get; } = firstTickTime;

    /// <summary>Between two ticks.</summary>
    public TimeSpan Period { get; } = period;

    /// <summary>When this tick was sent: later than due if the process was down or the grain busy.</summary>
    public DateTime CurrentTickTime { get; } = timeStamp;

    /// <inheritdoc/>
    public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
}
