using Manufactura.Storage.Feeds;

namespace Manufactura.Dashboard.Live;

/// <summary>What a client missed of its topics, in commit order, or that it is too much or too old to be sent.</summary>
internal sealed record Replay(IReadOnlyList<PlantEvent> Events, bool TooOld)
{
    /// <summary>Messages that are sent to one client at once, half of what may wait for it: the rest is for what happens meanwhile.</summary>
    public const int Longest = HubScreen.QueueLength / 2;

    public static readonly Replay None = new([], false);

    public static readonly Replay Impossible = new([], true);

    /// <summary>Those of the events that belong to the topics; impossible where they are too many.</summary>
    public static Replay Of(IReadOnlyCollection<string> topics, IEnumerable<PlantEvent> events)
    {
        var found = new List<PlantEvent>();
        foreach (var e in events)
            if (Topics.Of(e).Any(topics.Contains))
            {
                if (found.Count == Longest)
                    return Impossible;
                found.Add(e);
            }

        return new(found, false);
    }
}

/// <summary>Reads from the database what is no longer in memory, for a few clients at a time.</summary>
internal sealed class Replays(IFeed feed) : IDisposable
{
    /// <summary>Events of the whole plant that are looked through for one client before it is told to read again.</summary>
    public const int Most = 50_000;

    private const int PageSize = 1_000;
    private readonly SemaphoreSlim turn = new(4);

    public void Dispose() => turn.Dispose();

    /// <summary>The events of the topics after <paramref name="after"/> up to and with <paramref name="upTo"/>.</summary>
    public async Task<Replay> ReadAsync(IReadOnlyCollection<string> topics, long after, long upTo, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            var found = new List<PlantEvent>();
            for (var looked = 0; looked < Most; looked += PageSize)
            {
                var page = await feed.ReadAfterAsync(after, null, PageSize, ct);
                if (page.TooOld)
                    return Replay.Impossible;
                var some = Replay.Of(topics, page.Events.Where(e => e.Id <= upTo));
                if (some.TooOld || found.Count + some.Events.Count > Replay.Longest)
                    return Replay.Impossible;
                found.AddRange(some.Events);
                if (page.Events.Count < PageSize || page.Events[^1].Id >= upTo)
                    return new(found, false);
                after = page.Events[^1].Id;
            }

            return Replay.Impossible;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>
    /// For a client that knows more than this process has handed out so far: another one told it, and it waits for what follows. An event
    /// that the database does not have is of another database, or of one that was restored.
    /// </summary>
    public async Task<Replay> AheadAsync(long after, CancellationToken ct)
    {
        var page = await feed.ReadAfterAsync(after - 1, null, 1, ct);
        return page is { TooOld: false, Events.Count: > 0 } ? Replay.None : Replay.Impossible;
    }
}
