using Manufactura.Dashboard.Live;
using Manufactura.Dashboard.Pages.Layout;
using Manufactura.Grains;
using Manufactura.Storage.Queries;
using Npgsql;

namespace Manufactura.Dashboard.Pages.Shared;

/// <summary>Keeps the counts beside the navigation as they are in the plant: at start-up, and a moment after whatever changes them.</summary>
public sealed class NavCountsFeed(
    LiveFeed feed,
    AlertQueries alerts,
    LineQueries lines,
    NavCounts counts,
    PlantClock plant,
    TimeProvider time,
    ILogger<NavCountsFeed> logger
) : IHostedService, IDisposable
{
    private static readonly string[] Counted = ["order:", "lot:", "requisition:", "line:", Topics.Alerts];
    private PlantWatch? watch;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        watch = new PlantWatch(feed, time, Counted, ReadAsync);
        await ReadAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => watch?.Dispose();

    private async Task ReadAsync()
    {
        try
        {
            var now = await alerts.CountsAsync();

            var loads = await lines.LoadsAsync(plant.Today, plant.StartOf(plant.Today));
            counts.Set(NavCounts.Keys.Orders, (int)(now.Draft + now.Planned + now.InProgress));
            counts.Set(NavCounts.Keys.Lines, loads.Count(l => l.Queue.Count > 0));
            counts.Set(NavCounts.Keys.Lots, (int)now.QuarantineLots);
            counts.Set(NavCounts.Keys.Requisitions, (int)now.RequisitionsToApprove);
            counts.Set(NavCounts.Keys.Alerts, (int)now.ActiveAlerts, hot: now.ActiveAlerts > 0);
        }
        catch (NpgsqlException e)
        {
            // The next event asks again; pages say themselves that the database is away.
            logger.LogWarning(e, "The counts of the navigation could not be read");
        }
    }
}
