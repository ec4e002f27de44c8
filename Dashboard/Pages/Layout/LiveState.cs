using Manufactura.Storage.Feeds;

namespace Manufactura.Dashboard.Pages.Layout;

/// <summary>How fresh what the pages show is: when the feed last read from the database. One for the process.</summary>
public sealed class LiveState(IFeed feed)
{
    /// <summary>Data older than this is shown as stale.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(3);

    /// <summary>When the feed last read; null before the first time.</summary>
    public DateTimeOffset? LastRead => feed.LastReadAt;
}
