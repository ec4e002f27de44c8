using System.Collections.Immutable;
using Manufactura.Storage.Feeds;
using Npgsql;

namespace Manufactura.Dashboard.Live;

/// <summary>Somebody who follows topics: a hub connection or a page. Called in commit order on one thread; must not block.</summary>
public interface ILiveSink
{
    /// <summary>An event of a topic that this sink watches.</summary>
    void Receive(string topic, PlantEvent e);

    /// <summary>Events may have been missed: what is shown has to be read again.</summary>
    void Missed();
}

/// <summary>
/// The one reader of the feed in this process: hands every event to whoever watches one of its topics. Slow work belongs to
/// the sinks; nothing here waits for anybody.
/// </summary>
public sealed class LiveFeed(IFeed feed, ILogger<LiveFeed> logger) : BackgroundService
{
    /// <summary>Events kept in memory for those who were away a moment.</summary>
    public const int Remembered = 4_096;

    private const int Capacity = 100_000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, ImmutableArray<ILiveSink>> watchers = new(StringComparer.Ordinal);
    private readonly HashSet<ILiveSink> sinks = [];
    private readonly RecentEvents recent = new(Remembered);
    private readonly Replays replays = new(feed);
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long dispatched;

    /// <summary>The last event that was handed to everybody who watches.</summary>
    public long Dispatched => Interlocked.Read(ref dispatched);

    /// <summary>Completes once <see cref="Dispatched"/> means something: after a start the database is asked where things stand.</summary>
    public Task BegunAsync(CancellationToken ct) => begun.Task.WaitAsync(ct);

    /// <summary>Starts watching. Every event after the answered id will be received; those up to it can be replayed.</summary>
    public long Watch(ILiveSink sink, IEnumerable<string> topics)
    {
        lock (gate)
        {
            sinks.Add(sink);
            foreach (var topic in topics)
            {
                var now = watchers.GetValueOrDefault(topic, []);
                if (!now.Contains(sink))
                    watchers[topic] = now.Add(sink);
            }

            return dispatched;
        }
    }

    /// <summary>What somebody missed of these topics who knows everything up to <paramref name="after"/> and receives what follows <paramref name="upTo"/>.</summary>
    internal async Task<Replay> ReplayAsync(IReadOnlyCollection<string> topics, long after, long upTo, CancellationToken ct)
    {
        if (after > upTo)
            return await replays.AheadAsync(after, ct);
        IReadOnlyList<PlantEvent>? here;
        lock (gate)
            here = recent.Between(after, upTo);
        return here is not null ? Replay.Of(topics, here) : await replays.ReadAsync(topics, after, upTo, ct);
    }

    public void Unwatch(ILiveSink sink, IEnumerable<string> topics)
    {
        lock (gate)
            foreach (var topic in topics)
                Remove(sink, topic);
    }

    /// <summary>Stops watching a topic, unless it turns out to be wanted again.</summary>
    public void Unwatch(ILiveSink sink, string topic, Func<bool> wantedAgain)
    {
        lock (gate)
            if (!wantedAgain())
                Remove(sink, topic);
    }

    /// <summary>Stops everything that this sink watches.</summary>
    public void Leave(ILiveSink sink)
    {
        lock (gate)
        {
            sinks.Remove(sink);
            foreach (var (topic, watching) in watchers.ToArray())
                if (watching.Contains(sink))
                    Remove(sink, topic);
        }
    }

    public override void Dispose()
    {
        replays.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscription = feed.Subscribe(Capacity);
        try
        {
            await feed.PlacedAsync(stoppingToken);
            await BeginAsync(subscription.AfterId, stoppingToken);
            while (true)
            {
                await foreach (var e in subscription.ReadAllAsync(stoppingToken))
                    Dispatch(e);
                if (!subscription.Overflowed)
                    return;
                // The new one first: what is committed from now on is received, and what was missed is read after being told.
                subscription.Dispose();
                subscription = feed.Subscribe(Capacity);
                Tell(subscription.AfterId);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            subscription.Dispose();
        }
    }

    private async Task BeginAsync(long at, CancellationToken ct)
    {
        var from = Math.Max(0, at - Remembered);
        IReadOnlyList<PlantEvent> read = [];
        try
        {
            var page = await feed.ReadAfterAsync(from, null, Remembered, ct);
            if (page.TooOld)
                from = at;
            read = [.. page.Events.Where(e => e.Id <= at)];
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            logger.LogWarning(e, "The newest events could not be read; who comes back reads them one by one");
            from = at;
        }

        lock (gate)
        {
            recent.Begin(from, read);
            dispatched = Math.Max(dispatched, at);
        }

        begun.TrySetResult();
    }

    private void Tell(long at)
    {
        logger.LogWarning("The live feed fell behind; everybody reads again");
        lock (gate)
        {
            recent.Begin(at, []);
            dispatched = Math.Max(dispatched, at);
            foreach (var sink in sinks.ToArray())
                sink.Missed();
        }
    }

    private void Dispatch(PlantEvent e)
    {
        lock (gate)
        {
            recent.Add(e);
            foreach (var topic in Topics.Of(e))
                if (watchers.TryGetValue(topic, out var watching))
                    foreach (var sink in watching)
                        Hand(sink, topic, e);
            dispatched = e.Id;
        }
    }

    /// <summary>One sink that fails must not cost the others their events.</summary>
    private void Hand(ILiveSink sink, string topic, PlantEvent e)
    {
        try
        {
            sink.Receive(topic, e);
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "{Sink} failed on event {Id} of {Topic}", sink.GetType().Name, e.Id, topic);
        }
    }

    private void Remove(ILiveSink sink, string topic)
    {
        var left = watchers.GetValueOrDefault(topic, []).Remove(sink);
        if (left.IsEmpty)
            watchers.Remove(topic);
        else
            watchers[topic] = left;
    }
}
