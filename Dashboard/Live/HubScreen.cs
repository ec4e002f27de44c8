using System.Threading.Channels;
using Manufactura.Storage.Feeds;
using Microsoft.AspNetCore.SignalR;

namespace Manufactura.Dashboard.Live;

/// <summary>
/// One client of the hub: its own queue and its own writer, so that a slow client never slows others. Nothing is coalesced
/// or skipped: a topic that cannot keep up ends with <c>Resync(topic)</c> and nothing more of it until it is watched again.
/// </summary>
public sealed class HubScreen : ILiveSink, IAsyncDisposable
{
    /// <summary>Messages that may wait for one client before it counts as too far behind.</summary>
    public const int QueueLength = 5_000;

    /// <summary>Topics that one client may watch.</summary>
    public const int MaxTopics = 500;

    private readonly HubConnectionContext connection;
    private readonly LiveFeed live;
    private readonly Channel<SerializedHubMessage> queue = Channel.CreateUnbounded<SerializedHubMessage>(
        new() { SingleReader = true }
    );

    // Taken inside the live feed's own, never the other way round.
    private readonly Lock gate = new();
    private readonly Dictionary<string, Watched> topics = new(StringComparer.Ordinal);
    private readonly Task writer;
    private int waiting;

    public HubScreen(HubConnectionContext connection, LiveFeed live)
    {
        (this.connection, this.live) = (connection, live);
        writer = WriteAsync();
    }

    /// <summary>A topic that is watched.</summary>
    private sealed class Watched
    {
        /// <summary>What came in while the missed events were being read; null once it goes straight to the queue.</summary>
        public List<PlantEvent>? Held { get; set; } = [];

        /// <summary>The client has said that it knows everything up to this id, or has been sent it.</summary>
        public long Through { get; set; }
    }

    public HubConnectionContext Connection => connection;

    public bool Watches(string topic)
    {
        lock (gate)
            return topics.ContainsKey(topic);
    }

    /// <summary>How many topics it would watch with these.</summary>
    public int CountWith(IEnumerable<string> more)
    {
        lock (gate)
            return topics.Keys.Union(more).Count();
    }

    public void Receive(string topic, PlantEvent e)
    {
        lock (gate)
        {
            if (!topics.TryGetValue(topic, out var watched) || e.Id <= watched.Through)
                return;
            if ((watched.Held?.Count ?? Volatile.Read(ref waiting)) >= QueueLength)
                GiveUp(topic);
            else if (watched.Held is { } held)
                held.Add(e);
            else
                Enqueue(HubMessages.Event(topic, e));
        }
    }

    public void Missed()
    {
        lock (gate)
            foreach (var topic in topics.Keys.ToArray())
                GiveUp(topic);
    }

    /// <summary>A message that belongs to no topic: presence, heartbeat.</summary>
    public void Send(SerializedHubMessage message)
    {
        if (Volatile.Read(ref waiting) < QueueLength)
            Enqueue(message);
    }

    /// <summary>
    /// Watches topics; with <paramref name="after"/> what was missed comes first, in order. Answers the id up to which the
    /// client is now caught up.
    /// </summary>
    public async Task<long> WatchAsync(IReadOnlySet<string> wanted, long? after, CancellationToken ct)
    {
        await live.BegunAsync(ct);
        lock (gate)
            foreach (var topic in wanted)
                topics[topic] = new();
        var from = live.Watch(this, wanted);
        Replay missed;
        try
        {
            missed = after is { } last ? await live.ReplayAsync(wanted, last, from, ct) : Replay.None;
        }
        catch (Exception)
        {
            // Held events must not pile up behind a read that failed.
            lock (gate)
                GiveUp(wanted);
            throw;
        }

        lock (gate)
            if (missed.TooOld)
                GiveUp(wanted);
            else
                Catch(wanted, after, missed.Events);
        return from;
    }

    public void Unwatch(IReadOnlyCollection<string> left)
    {
        live.Unwatch(this, left);
        lock (gate)
            foreach (var topic in left)
                topics.Remove(topic);
    }

    public async ValueTask DisposeAsync()
    {
        live.Leave(this);
        queue.Writer.TryComplete();
        await writer;
    }

    /// <summary>First what was missed, then what came in while it was read; from then on straight to the queue.</summary>
    private void Catch(IReadOnlySet<string> wanted, long? after, IReadOnlyList<PlantEvent> missed)
    {
        foreach (var topic in wanted)
            if (topics.TryGetValue(topic, out var watched))
                watched.Through = after ?? 0;
        foreach (var e in missed)
        foreach (var topic in Topics.Of(e))
            if (wanted.Contains(topic))
                Pass(topic, e);
        foreach (var topic in wanted)
        {
            if (!topics.TryGetValue(topic, out var watched) || watched.Held is not { } held)
                continue;
            foreach (var e in held)
                Pass(topic, e);
            watched.Held = null;
        }
    }

    private void Pass(string topic, PlantEvent e)
    {
        if (!topics.TryGetValue(topic, out var watched) || e.Id <= watched.Through)
            return;
        Enqueue(HubMessages.Event(topic, e));
        watched.Through = e.Id;
    }

    private void GiveUp(IEnumerable<string> wanted)
    {
        foreach (var topic in wanted)
            if (topics.ContainsKey(topic))
                GiveUp(topic);
    }

    private void GiveUp(string topic)
    {
        topics.Remove(topic);
        Enqueue(HubMessages.Resync(topic));
        // Not here: the feed's lock comes first. Meanwhile the client may watch it again.
        ThreadPool.UnsafeQueueUserWorkItem(
            static s => s.Screen.live.Unwatch(s.Screen, s.Topic, () => s.Screen.Watches(s.Topic)),
            (Screen: this, Topic: topic),
            preferLocal: false
        );
    }

    private void Enqueue(SerializedHubMessage message)
    {
        if (queue.Writer.TryWrite(message))
            Interlocked.Increment(ref waiting);
    }

    private async Task WriteAsync()
    {
        await foreach (var message in queue.Reader.ReadAllAsync())
        {
            Interlocked.Decrement(ref waiting);
            try
            {
                await connection.WriteAsync(message, connection.ConnectionAborted);
            }
            catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or IOException)
            {
                return;
            }
        }
    }
}
