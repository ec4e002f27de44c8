using Manufactura.Dashboard.Live;
using Manufactura.Dashboard.Pages.Orders;
using Manufactura.Storage.Feeds;

namespace Manufactura.Dashboard.Pages.Shared;

/// <summary>Follows only the events of some kinds of subject: a list of lots need not be read again because a cell was edited.</summary>
public sealed class PlantWatch : ILiveSink, IDisposable
{
    private readonly LiveFeed feed;
    private readonly Follow follow;
    private readonly string[] prefixes;

    /// <param name="prefixes">Beginnings of topics, such as <c>lot:</c>.</param>
    /// <param name="changed">Called once for many events; on no particular thread.</param>
    public PlantWatch(LiveFeed feed, TimeProvider time, string[] prefixes, Func<Task> changed)
    {
        (this.feed, this.prefixes) = (feed, prefixes);
        follow = new Follow(feed, time, [], changed);
        feed.Watch(this, [Topics.Plant]);
    }

    public void Receive(string topic, PlantEvent e)
    {
        // An import names nothing of what it brought.
        if (
            e.Subject == Topics.Plant
            || Topics.Of(e).Any(t => Array.Exists(prefixes, p => t.StartsWith(p, StringComparison.Ordinal)))
        )
            follow.Receive(topic, e);
    }

    public void Missed() => follow.Missed();

    public void Dispose()
    {
        feed.Leave(this);
        follow.Dispose();
    }
}
