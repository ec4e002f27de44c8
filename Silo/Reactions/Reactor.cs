using Manufactura.Storage;
using Manufactura.Storage.Feeds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Manufactura.Silo.Reactions;

/// <summary>
/// Follows the feed for all reactions, in one process of all, from the place that is kept in the database. A reaction that
/// fails for want of the database or of a node is tried again; one that fails otherwise is logged and passed over, so that one bad
/// event never stops the plant.
/// </summary>
public sealed class Reactor(
    FeedCursor cursor,
    IFeed feed,
    IEnumerable<IReaction> reactions,
    TimeProvider time,
    ILogger<Reactor> logger
) : BackgroundService
{
    private const string Name = "reactions";
    private const int PageSize = 500;
    private const int MostAttempts = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var place = await cursor.TryTakeAsync(Name, stoppingToken);
                if (place is not null)
                {
                    using var held = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, place.Lost);
                    await FollowAsync(place, held.Token);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Reactions pause and start again from the last place kept");
            }

            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(FeedPlace place, CancellationToken ct)
    {
        using var news = feed.Subscribe();
        while (!ct.IsCancellationRequested)
        {
            var page = await feed.ReadAfterAsync(place.LastEvent, null, PageSize, ct);
            foreach (var e in page.Events)
                await ReactAsync(e, ct);
            if (page.Events.Count > 0)
                await place.MoveAsync(page.Events[^1].Id, ct);
            else if (page.TooOld)
                await place.MoveAsync(feed.LastEventId, ct);
            if (page.Events.Count == PageSize)
                continue;
            if (!await news.WaitAsync(ct))
                return;
            while (news.TryRead(out _)) { }
        }
    }

    private async Task ReactAsync(PlantEvent e, CancellationToken ct)
    {
        foreach (var reaction in reactions)
        {
            try
            {
                await TryAsync(reaction, e, ct);
            }
            catch (Exception failure) when (failure is not OperationCanceledException && !IsDatabase(failure))
            {
                logger.LogError(
                    failure,
                    "{Reaction} failed on event {Id} {Type} {Subject}",
                    reaction.GetType().Name,
                    e.Id,
                    e.Type,
                    e.Subject
                );
            }
        }
    }

    /// <summary>A grain whose node is gone is asked again until another one has it; a reaction that never ends in time is a bug.</summary>
    private async Task TryAsync(IReaction reaction, PlantEvent e, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await reaction.OnAsync(e, ct);
                return;
            }
            catch (Exception outage) when (Outages.Is(outage) && !IsDatabase(outage) && attempt < MostAttempts)
            {
                logger.LogWarning("Event {Id} {Type} is reacted to again: {Reason}", e.Id, e.Type, outage.Message);
                await Task.Delay(Pause, time, ct);
            }
        }
    }

    private static bool IsDatabase(Exception e) => e is PlantUnavailableException or NpgsqlException;
}
