using System.Collections.Immutable;
using Manufactura.Storage.Feeds;

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
    private const int Capacity = 100_000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, ImmutableArray<ILiveSink>> watchers = new(StringComparer.Ordinal);
    private readonly HashSet<ILiveSink> sinks = [];
    private long dispatched;

    /// <summary>The last event that was handed to everybody who watches.</summary>
    public long Dispatched => Interlocked.Read(ref dispatched);

    /// <summary>Starts watching. Every event after the answered id will be received; those up to it can be read from the feed.</summary>
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

    public void Unwatch(ILiveSink sink, IEnumerable<string> topics)
    {
        lock (gate)
            foreach (var topic in topics)
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            using var subscription = feed.Subscribe(Capacity);
            lock (gate)
                dispatched = Math.Max(dispatched, subscription.AfterId);
            try
            {
                await foreach (var e in subscription.ReadAllAsync(stoppingToken))
                    Dispatch(e);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            if (!subscription.Overflowed)
                return;
            logger.LogWarning("The live feed fell behind; everybody reads again");
            lock (gate)
                foreach (var sink in sinks)
                    sink.Missed();
        }
    }

    private void Dispatch(PlantEvent e)
    {
        lock (gate)
        {
            foreach (var topic in Topics.Of(e))
                if (watchers.TryGetValue(topic, out var watching))
                    foreach (var sink in watching)
                        sink.Receive(topic, e);
            dispatched = e.Id;
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
