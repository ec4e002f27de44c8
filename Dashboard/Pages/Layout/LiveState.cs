namespace Manufactura.Dashboard.Pages.Layout;

/// <summary>How fresh what the pages show is: when the feed last read from the database. One for the process.</summary>
public sealed class LiveState
{
    private long _readTicks;

    /// <summary>Data older than this is shown as stale.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(3);

    /// <summary>The feed has read from the database at <paramref name="at"/>.</summary>
    public void Read(DateTimeOffset at) => Interlocked.Exchange(ref _readTicks, at.UtcTicks);

    /// <summary>When the feed last read; null while no feed runs in this process.</summary>
    public DateTimeOffset? LastRead =>
        Interlocked.Read(ref _readTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
}
