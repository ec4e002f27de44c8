namespace Manufactura.Storage.Feeds;

/// <summary>Everything committed to the plant, by any node, in commit order and without gaps.</summary>
public interface IFeed
{
    /// <summary>Id of the last event handed to subscriptions; 0 before the first.</summary>
    long LastEventId { get; }

    /// <summary>When the database was last read with success, whether or not there was an event; null before the first time.</summary>
    DateTimeOffset? LastReadAt { get; }

    /// <summary>Completes once the feed knows where in the event table it stands; until then <see cref="LastEventId"/> says nothing.</summary>
    Task PlacedAsync(CancellationToken ct = default);

    /// <summary>Completes with the next successful read of the database, at most a quarter of a second away while it answers.</summary>
    Task NextReadAsync(CancellationToken ct = default);

    /// <summary>
    /// Starts to collect events after <see cref="LastEventId"/>. A subscription that falls more than <paramref name="capacity"/> events
    /// behind is cut off and told so; it never holds up anybody else.
    /// </summary>
    FeedSubscription Subscribe(int capacity = 10_000);

    /// <summary>
    /// Events after an id in commit order, at most <paramref name="limit"/>; with subjects only those whose subject or other topic is
    /// among them.
    /// </summary>
    Task<EventPage> ReadAfterAsync(
        long afterId,
        IReadOnlyCollection<string>? subjects = null,
        int limit = 1000,
        CancellationToken ct = default
    );
}
