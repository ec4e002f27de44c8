namespace Manufactura.Storage.Feeds;

/// <summary>
/// Follows the feed from a kept place: reads the database until it has caught up, and from then on takes what the feed hands over, so
/// that one process reads an event once. Whoever deals with a page moves the place; who fails begins again with another follower.
/// </summary>
public sealed class FeedFollower : IDisposable
{
    private readonly IFeed feed;
    private readonly FeedPlace place;
    private readonly FeedSubscription news;
    private bool behind;

    private FeedFollower(IFeed feed, FeedPlace place)
    {
        (this.feed, this.place, news) = (feed, place, feed.Subscribe());
        behind = place.LastEvent < news.AfterId;
    }

    /// <summary>Starts at the place, once the feed knows where it stands itself.</summary>
    public static async Task<FeedFollower> StartAsync(IFeed feed, FeedPlace place, CancellationToken ct)
    {
        await feed.PlacedAsync(ct).ConfigureAwait(false);
        return new(feed, place);
    }

    /// <summary>Waits until there may be something to read. False, once and for all, when this follower was too slow or the feed has stopped.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken ct) => behind ? ValueTask.FromResult(true) : news.WaitAsync(ct);

    /// <summary>What there is now after the place, at most <paramref name="limit"/> events; perhaps nothing.</summary>
    public async Task<EventPage> ReadAsync(int limit, CancellationToken ct)
    {
        if (behind)
        {
            // Read after subscribing: where it ends, what has been handed over begins.
            var page = await feed.ReadAfterAsync(place.LastEvent, null, limit, ct).ConfigureAwait(false);
            behind = page.Events.Count == limit;
            return page;
        }
        var events = new List<PlantEvent>();
        while (events.Count < limit && news.TryRead(out var next))
        {
            if (next.Id > place.LastEvent)
            {
                events.Add(next);
            }
        }
        return new(events, TooOld: false);
    }

    /// <summary>Keeps the place behind a page that was dealt with; behind one whose events were dropped, where this follower began.</summary>
    public async Task MoveAsync(EventPage page, CancellationToken ct)
    {
        if (page.Events.Count > 0)
        {
            await place.MoveAsync(page.Events[^1].Id, ct).ConfigureAwait(false);
        }
        else if (page.TooOld)
        {
            await place.MoveAsync(news.AfterId, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Leaves the feed; the place stays held.</summary>
    public void Dispose() => news.Dispose();
}
