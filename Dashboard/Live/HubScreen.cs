using System.Text.Json;
using System.Threading.Channels;
using Manufactura.Storage.Feeds;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

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
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<SerializedHubMessage>?> topics = new(StringComparer.Ordinal);
    private readonly Task writer;
    private int waiting;

    public HubScreen(HubConnectionContext connection, LiveFeed live)
    {
        (this.connection, this.live) = (connection, live);
        writer = WriteAsync();
    }

    public string ConnectionId => connection.ConnectionId;

    public IReadOnlyCollection<string> Watching
    {
        get
        {
            lock (gate)
                return [.. topics.Keys];
        }
    }

    public void Receive(string topic, PlantEvent e)
    {
        var message = HubMessages.Event(topic, e);
        lock (gate)
        {
            if (!topics.TryGetValue(topic, out var pending))
                return;
            if (pending is not null)
                pending.Add(message);
            else if (Volatile.Read(ref waiting) >= QueueLength)
                GiveUp(topic);
            else
                Enqueue(message);
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
    public async Task<long> WatchAsync(IReadOnlyCollection<string> wanted, long? after, IFeed feed, CancellationToken ct)
    {
        lock (gate)
        {
            foreach (var topic in wanted)
                topics[topic] = [];
        }

        var from = live.Watch(this, wanted);
        var missed = after is { } last && last < from ? await Replay.ReadAsync(feed, last, from, ct) : Replay.None;
        lock (gate)
        {
            if (missed.TooOld)
                foreach (var topic in wanted)
                    GiveUp(topic);
            else
                Catch(wanted, missed.Events);
        }

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
    private void Catch(IReadOnlyCollection<string> wanted, IReadOnlyList<PlantEvent> missed)
    {
        foreach (var e in missed)
        foreach (var topic in Topics.Of(e))
            if (wanted.Contains(topic))
                Enqueue(HubMessages.Event(topic, e));
        foreach (var topic in wanted)
        {
            if (!topics.TryGetValue(topic, out var pending) || pending is null)
                continue;
            foreach (var message in pending)
                Enqueue(message);
            topics[topic] = null;
        }
    }

    private void GiveUp(string topic)
    {
        topics.Remove(topic);
        Enqueue(HubMessages.Resync(topic));
        // The dispatcher may be iterating over the watchers right now under its own lock; it holds a snapshot.
        ThreadPool.UnsafeQueueUserWorkItem(
            static s =>
            {
                lock (s.Screen.gate)
                    if (s.Screen.topics.ContainsKey(s.Topic))
                        return;
                s.Screen.live.Unwatch(s.Screen, [s.Topic]);
            },
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

/// <summary>What a client missed, or that it is too much or too old to be sent.</summary>
internal sealed record Replay(IReadOnlyList<PlantEvent> Events, bool TooOld)
{
    /// <summary>Events of the whole plant that are looked through for one client before it is told to read again.</summary>
    private const int Most = 20_000;

    public static readonly Replay None = new([], false);

    /// <summary>The events after <paramref name="after"/> up to and with <paramref name="upTo"/>.</summary>
    public static async Task<Replay> ReadAsync(IFeed feed, long after, long upTo, CancellationToken ct)
    {
        if (upTo - after > Most)
            return new([], true);
        var page = await feed.ReadAfterAsync(after, null, Most, ct);
        return new([.. page.Events.Where(e => e.Id <= upTo)], page.TooOld);
    }
}

/// <summary>The messages to clients; one event is serialized once per topic however many clients watch it.</summary>
internal static class HubMessages
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<
        PlantEvent,
        Dictionary<string, SerializedHubMessage>
    > Made = [];

    public static SerializedHubMessage Event(string topic, PlantEvent e)
    {
        var byTopic = Made.GetValue(e, static _ => []);
        lock (byTopic)
        {
            if (!byTopic.TryGetValue(topic, out var message))
            {
                using var data = JsonDocument.Parse(e.DataJson);
                message = Of("Event", e.Id, topic, e.Type, data.RootElement.Clone());
                byTopic[topic] = message;
            }

            return message;
        }
    }

    public static SerializedHubMessage Resync(string topic) => Of("Resync", topic);

    public static SerializedHubMessage Of(string method, params object?[] arguments) =>
        new(new InvocationMessage(method, arguments));
}
