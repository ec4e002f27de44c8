using System.Diagnostics;
using System.Net.WebSockets;
using Manufactura.Tests.Shared;

namespace Manufactura.Bench.Failover;

/// <summary>
/// A screen that follows one order from whichever dashboard answers, and after every break goes on behind the last event that it has. At
/// the end it must have had every event of its topic once, in order.
/// </summary>
/// <param name="since">The last event before the order was made.</param>
internal sealed class WallScreen(string topic, long since, IReadOnlyList<Uri> dashboards, string token, int first)
{
    // A screen without a heartbeat for 3 s shows itself stale; a little later it looks for another dashboard.
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(4);

    private readonly Lock gate = new();
    private readonly List<long> events = [];
    private long lastBeat = Stopwatch.GetTimestamp();
    private TimeSpan longest;

    public string Topic => topic;

    public int Breaks { get; private set; }

    public int Resyncs { get; private set; }

    public IReadOnlyList<long> Events
    {
        get
        {
            lock (gate)
                return [.. events];
        }
    }

    /// <summary>The longest time without a heartbeat since this was last asked.</summary>
    public TimeSpan LongestSilence()
    {
        lock (gate)
        {
            var silence = Stopwatch.GetElapsedTime(lastBeat);
            var answer = silence > longest ? silence : longest;
            longest = TimeSpan.Zero;
            return answer;
        }
    }

    public async Task FollowAsync(CancellationToken over)
    {
        for (var turn = first; !over.IsCancellationRequested; turn++)
        {
            try
            {
                await using var hub = await new HubClient { Keeps = false, Heard = Hear }.ConnectAsync(
                    dashboards[turn % dashboards.Count],
                    token
                );
                long? after;
                lock (gate)
                    after = events.Count > 0 ? events[^1] : since;
                await hub.WatchAsync(topic, after);
                var connected = Stopwatch.GetTimestamp();
                while (!over.IsCancellationRequested && (IsAlive || Stopwatch.GetElapsedTime(connected) < GiveUp))
                    await Task.Delay(200, CancellationToken.None);
                Breaks += over.IsCancellationRequested ? 0 : 1;
            }
            catch (Exception e)
                when (e is WebSocketException or HttpRequestException or TimeoutException or OperationCanceledException)
            {
                await Task.Delay(500, CancellationToken.None);
            }
        }
    }

    private bool IsAlive
    {
        get
        {
            lock (gate)
                return Stopwatch.GetElapsedTime(lastBeat) < GiveUp;
        }
    }

    private void Hear(HubCall call)
    {
        lock (gate)
        {
            if (call.Target == "Event" && call.Topic == topic)
                events.Add(call.Id);
            else if (call.Target == "Resync")
                Resyncs++;
            else if (call.Target == "Heartbeat")
            {
                var silence = Stopwatch.GetElapsedTime(lastBeat);
                longest = silence > longest ? silence : longest;
                lastBeat = Stopwatch.GetTimestamp();
            }
        }
    }
}
