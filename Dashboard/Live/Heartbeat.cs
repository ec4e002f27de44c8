using Manufactura.Storage.Feeds;

namespace Manufactura.Dashboard.Live;

/// <summary>
/// <c>Heartbeat(serverTime, lastEventId)</c> every second, each on the heels of a read of the database: what a client shows at that
/// moment is what the database has. Without reads there are none, and a screen without one for 3 s shows itself stale.
/// </summary>
public sealed class Heartbeat(IFeed feed, LiveFeed live, PlantConnections connections, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await feed.NextReadAsync(stoppingToken);
            connections.TellAll(HubMessages.Of("Heartbeat", time.GetUtcNow(), live.Dispatched));
        }
    }
}
