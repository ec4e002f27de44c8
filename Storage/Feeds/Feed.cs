using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Manufactura.Storage.Feeds;

/// <summary>
/// Follows the event table. The order of ids is the order of commits (a trigger lets one writer at a time from its events to its
/// COMMIT), so the cursor is the last id, and nothing that commits late is passed over. NOTIFY only wakes: a lost one costs at most
/// <see cref="LongestSleep"/>.
/// </summary>
public sealed class Feed(NpgsqlDataSource dataSource, TimeProvider clock, ILogger<Feed> logger) : BackgroundService, IFeed
{
    private const int PageSize = 1000;

    // By the key alone: a plan made while the table was empty would otherwise read all of it for ever.
    private const string ListenSql = "listen feed; set enable_seqscan = off";
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private ImmutableList<FeedSubscription> subscriptions = [];
    private long lastEventId;
    private long lastReadTicks;
    private readonly TaskCompletionSource placed = NewSignal();
    private volatile TaskCompletionSource read = NewSignal();

    /// <inheritdoc/>
    public long LastEventId => Volatile.Read(ref lastEventId);

    /// <inheritdoc/>
    public DateTimeOffset? LastReadAt =>
        Volatile.Read(ref lastReadTicks) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <inheritdoc/>
    public Task PlacedAsync(CancellationToken ct = default) => placed.Task.WaitAsync(ct);

    /// <inheritdoc/>
    public Task NextReadAsync(CancellationToken ct = default) => read.Task.WaitAsync(ct);

    /// <inheritdoc/>
    public FeedSubscription Subscribe(int capacity = 10_000)
    {
        lock (gate)
        {
            var subscription = new FeedSubscription(capacity, lastEventId, Leave);
            subscriptions = subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <inheritdoc/>
    public async Task<EventPage> ReadAfterAsync(
        long afterId,
        IReadOnlyCollection<string>? subjects = null,
        int limit = PageSize,
        CancellationToken ct = default
    )
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        var events = subjects is null
            ? await EventQueries.AfterAsync(connection, afterId, limit, ct).ConfigureAwait(false)
            : await EventQueries.AfterAsync(connection, afterId, subjects, limit, ct).ConfigureAwait(false);
        // Asked after reading: what was dropped in between is then noticed too.
        var dropped = await EventQueries.DroppedThroughAsync(connection, ct).ConfigureAwait(false);
        return afterId < dropped ? new EventPage([], TooOld: true) : new EventPage(events, TooOld: false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromMilliseconds(50);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(() => pause = TimeSpan.FromMilliseconds(50), stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "The feed lost the database and connects again");
                await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        lock (gate)
        {
            subscriptions.ForEach(s => s.Complete());
            subscriptions = [];
        }
    }

    private async Task FollowAsync(Action connected, CancellationToken ct)
    {
        await using var connection = await dataSource.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using (var listen = new NpgsqlCommand(ListenSql, connection))
        {
            await listen.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }
        if (!placed.Task.IsCompleted)
        {
            Place(await EventQueries.LastAsync(connection, ct).ConfigureAwait(false));
        }
        connected();
        while (true)
        {
            IReadOnlyList<PlantEvent> events;
            do
            {
                events = await EventQueries.AfterAsync(connection, LastEventId, PageSize, ct).ConfigureAwait(false);
                Hand(events);
                Volatile.Write(ref lastReadTicks, clock.GetUtcNow().UtcTicks);
                Interlocked.Exchange(ref read, NewSignal()).TrySetResult();
            } while (events.Count == PageSize);
            await connection.WaitAsync(LongestSleep, ct).ConfigureAwait(false);
        }
    }

    private void Place(long id)
    {
        lock (gate)
        {
            Volatile.Write(ref lastEventId, id);
            subscriptions.ForEach(s => s.AfterId = id);
        }
        placed.TrySetResult();
    }

    private void Hand(IReadOnlyList<PlantEvent> events)
    {
        lock (gate)
        {
            foreach (var plantEvent in events)
            {
                foreach (var subscription in subscriptions)
                {
                    if (!subscription.Offer(plantEvent))
                    {
                        subscriptions = subscriptions.Remove(subscription);
                    }
                }
                Volatile.Write(ref lastEventId, plantEvent.Id);
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Leave(FeedSubscription subscription)
    {
        lock (gate)
        {
            subscriptions = subscriptions.Remove(subscription);
        }
    }
}
