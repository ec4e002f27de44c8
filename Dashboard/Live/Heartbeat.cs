using Manufactura.Storage.Feeds;

namespace Manufactura.Dashboard.Live;

/// <summary>
/// <c>Heartbeat(serverTime, lastEventId)</c> every second, only while the feed has read from the database within the last
/// second: a screen without one for 3 s shows itself stale.
/// </summary>
public sealed class Heartbeat(IFeed feed, LiveFeed live, PlantConnections connections, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            if (feed.LastReadAt is { } read && time.GetUtcNow() - read <= Every)
                connections.TellAll(HubMessages.Of("Heartbeat", time.GetUtcNow(), live.Dispatched));
    }
}
