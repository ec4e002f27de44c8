using Manufactura.Dashboard.Live;
using Manufactura.Domain.Access;
using Manufactura.Domain.Alerts;
using Manufactura.Storage.Feeds;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Pages.Layout;

/// <summary>
/// Keeps the counts of navigation and bell: after any event they are counted again, once a second at most, for all pages together.
/// </summary>
public sealed class NavCounter(
    LiveFeed feed,
    AlertQueries alerts,
    NavCounts counts,
    TimeProvider time,
    ILogger<NavCounter> logger
) : BackgroundService, ILiveSink
{
    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(1);

    private static readonly AlertFilter SaturatedLines = AlertFilter.None with
    {
        Kind = [AlertPolicy.Of(AlertKind.LineSaturated).Word],
        State = ["active", "acknowledged"],
    };

    private int stirred = 1;

    public void Receive(string topic, PlantEvent e)
    {
        // Cells are by far the most events, and count for nothing here.
        if (e.Type != "cell-changed")
            Volatile.Write(ref stirred, 1);
    }

    public void Missed() => Volatile.Write(ref stirred, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.Watch(this, [Topics.Plant]);
        using var timer = new PeriodicTimer(Gather, time);
        do
        {
            if (Interlocked.Exchange(ref stirred, 0) == 0)
                continue;
            try
            {
                await CountAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "What waits could not be counted; it is counted again");
                Volatile.Write(ref stirred, 1);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CountAsync(CancellationToken ct)
    {
        var now = await alerts.CountsAsync(ct);
        counts.Set(NavCounts.Keys.Orders, (int)(now.Draft + now.Planned + now.InProgress));
        counts.Set(NavCounts.Keys.Lots, (int)now.QuarantineLots);
        counts.Set(NavCounts.Keys.Requisitions, (int)now.RequisitionsToApprove, hot: true);
        counts.Set(NavCounts.Keys.Sales, (int)now.PendingSales);
        var saturated = await alerts.ListAsync(SaturatedLines, new PageRequest(PageRequest.MaxLimit), ct);
        counts.Set(NavCounts.Keys.Lines, saturated.Items.Count, hot: true);
        counts.SetAlerts(
            (await alerts.UnattendedAsync(ct))
                .Where(a => Enum.TryParse<Role>(a.Role, out _))
                .ToDictionary(a => Enum.Parse<Role>(a.Role), a => new NavCount((int)a.Causes, a.Critical))
        );
    }
}
