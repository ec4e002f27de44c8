using Manufactura.Dashboard.Live;
using Manufactura.Dashboard.Pages.Layout;
using Manufactura.Storage.Feeds;
using Manufactura.Storage.Queries;
using Npgsql;

namespace Manufactura.Dashboard.Pages.Alerts;

/// <summary>
/// Keeps the counts of navigation and bell that every page's frame shows: read once for all open pages, at most twice a second.
/// </summary>
public sealed class ShellWatch(
    LiveFeed live,
    AlertQueries alerts,
    NavCounts counts,
    TimeProvider time,
    ILogger<ShellWatch> logger
) : BackgroundService, ILiveSink
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);
    private volatile bool changed = true;

    public void Receive(string topic, PlantEvent e) => changed |= e.Type != "cell-changed";

    public void Missed() => changed = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        live.Watch(this, [Topics.Plant]);
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (changed)
                await CountAsync(stoppingToken);
        }
    }

    private async Task CountAsync(CancellationToken ct)
    {
        changed = false;
        try
        {
            var now = await alerts.CountsAsync(ct);
            counts.Set(NavCounts.Keys.Orders, (int)(now.Draft + now.Planned + now.InProgress));
            counts.Set(NavCounts.Keys.Lots, (int)now.QuarantineLots);
            counts.Set(NavCounts.Keys.Requisitions, (int)now.RequisitionsToApprove, now.RequisitionsToApprove > 0);
            counts.Set(NavCounts.Keys.Alerts, (int)now.ActiveAlerts, now.ActiveAlerts > 0);
        }
        catch (Exception e)
            when (e is NpgsqlException or TimeoutException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            // The counts stay as they were; the frame says that they are old.
            changed = true;
            logger.LogDebug(e, "Counts could not be read");
        }
    }
}
