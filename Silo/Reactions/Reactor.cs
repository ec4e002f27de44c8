using Manufactura.Storage;
using Manufactura.Storage.Feeds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Manufactura.Silo.Reactions;

/// <summary>
/// Follows the feed for all reactions, in one process of all, from the place that is kept in the database. A reaction that
/// fails for want of the database or of a node is tried again; one that fails otherwise, or at every try while the database is
/// there, is logged and passed over, so that one bad event or statement never stops the plant.
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
    private const int MostTries = 5;
    private const int MostAttempts = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private (long Event, IReaction? Reaction, int Tries) failing;

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
        using var follower = await FeedFollower.StartAsync(feed, place, ct);
        while (await follower.WaitAsync(ct))
        {
            var page = await follower.ReadAsync(PageSize, ct);
            if (page.Events.Count > 0)
                await ReactAsync(page.Events, ct);
            await follower.MoveAsync(page, ct);
        }
    }

    private async Task ReactAsync(IReadOnlyList<PlantEvent> page, CancellationToken ct)
    {
        foreach (var e in page)
        foreach (var reaction in reactions)
            await TryAsync(reaction, e, () => reaction.OnAsync(e, ct), ct);
        foreach (var reaction in reactions)
            await TryAsync(reaction, page[0], () => reaction.OnPageAsync(ct), ct);
    }

    private async Task TryAsync(IReaction reaction, PlantEvent e, Func<Task> react, CancellationToken ct)
    {
        try
        {
            await react();
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && !IsToTryAgain(failure, reaction, e.Id))
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

    /// <summary>A grain whose node is gone is asked again until another one has it; a reaction that never ends in time is a bug.</summary>
    private bool IsToTryAgain(Exception failure, IReaction reaction, long eventId)
    {
        if (DatabaseFailure.IsOutage(failure))
            return true;
        if (!DatabaseFailure.IsPassing(failure) && !Outages.Is(failure))
            return false;
        var tries = failing.Event == eventId && failing.Reaction == reaction ? failing.Tries + 1 : 1;
        failing = (eventId, reaction, tries);
        return tries < (failure is NpgsqlException ? MostTries : MostAttempts);
    }
}
