using Manufactura.Domain.Alerts;
using Manufactura.Grains;
using Manufactura.Grains.Alerts;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Lines;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Feeds;
using Manufactura.Storage.Queries;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Manufactura.Silo.Reactions;

/// <summary>
/// Tells the load of every line that something committed may have changed: an event that names the line, whoever wrote it, and with
/// it raises or clears the alert of a saturated line. Changes that come together are told as one; the place in the feed is kept only
/// after they were told, so that every final state is, also after a crash. One process of all does this.
/// </summary>
public sealed class LineTeller(
    FeedCursor cursor,
    IFeed feed,
    LineReader lines,
    SupplyReader supply,
    IGrainFactory grains,
    ICommitLog log,
    PlantClock clock,
    TimeProvider time,
    ILogger<LineTeller> logger
) : BackgroundService
{
    /// <summary>Orders that an event carries.</summary>
    public const int QueueShown = 50;

    private const string Name = "line-loads";
    private const string Type = "line-load-changed";
    private const int PageSize = 1000;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    // A line that changes all the time is told five times a second: eyes see no more, and the event table stays small.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(200);

    // How soon a new day is noticed while nothing happens.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

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
                logger.LogWarning(e, "Line loads pause and are told again from the last place kept");
            }

            await Task.Delay(Retry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task FollowAsync(FeedPlace place, CancellationToken ct)
    {
        using var follower = await FeedFollower.StartAsync(feed, place, ct);
        var told = DateOnly.MinValue;
        while (!ct.IsCancellationRequested)
        {
            var today = clock.Today;
            var page = await follower.ReadAsync(PageSize, ct);
            var all = page.TooOld || told != today || page.Events.Any(e => e.Type == "plant-imported");
            await TellAsync(all ? await lines.AllAsync(ct) : await NamedAsync(page.Events, ct), ct);
            told = today;
            await follower.MoveAsync(page, ct);
            if (page.Events.Count < PageSize && !await WaitAsync(follower, ct))
                return;
        }
    }

    private async Task<IReadOnlyCollection<string>> NamedAsync(IReadOnlyList<PlantEvent> events, CancellationToken ct)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var materials = new HashSet<string>(StringComparer.Ordinal);
        foreach (var e in events)
        {
            if (e.Type == Type)
                continue;
            foreach (var topic in (string?[])[e.Subject, .. e.Also?.Split(' ') ?? []])
                if (topic?.StartsWith("line:", StringComparison.Ordinal) == true)
                    named.Add(topic["line:".Length..]);
            if (e.Type == "material-changed")
                materials.Add(e.Subject["material:".Length..]);
        }

        if (materials.Count > 0)
            named.UnionWith(await lines.QueueingAsync(materials, ct));
        return named;
    }

    /// <summary>One unit for all of them: each with its load as it is now, which is not older than what made it be told.</summary>
    private async Task TellAsync(IReadOnlyCollection<string> named, CancellationToken ct)
    {
        if (named.Count == 0)
            return;
        var work = new UnitOfWork();
        var saturated = await supply.StandingAlertsAsync(AlertPolicy.Of(AlertKind.LineSaturated).Word, ct);
        foreach (var code in named)
        {
            var load = await grains.GetGrain<IProductionLineGrain>(code).Load(QueueShown);
            if (load is not null)
                work.Add(new EventInsert(Type, "line:" + code, null, null, "system", MessageJson.Serialize(load)));
            var alert = load is null ? null : PlantAlerts.LineSaturated(code, new(load.CapacityKg, load.AssignedKg));
            if (alert is not null != saturated.Contains(code))
                work.Show(alert, AlertKind.LineSaturated, code, clock.Now);
        }

        if (work.Count > 0)
            await log.CommitAsync(work, ct);
    }

    /// <summary>Until there is something new and a little longer, or until the day may have changed. False when the feed has ended.</summary>
    private async Task<bool> WaitAsync(FeedFollower follower, CancellationToken ct)
    {
        using var idle = new CancellationTokenSource(Idle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, idle.Token);
        try
        {
            if (!await follower.WaitAsync(either.Token))
                return false;
            await Task.Delay(Gather, time, ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nothing happened.
        }

        return true;
    }
}
