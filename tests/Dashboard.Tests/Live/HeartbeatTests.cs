using System.Text.Json;
using Manufactura.Dashboard.Tests.Crash;
using Manufactura.Tests.Shared;

namespace Manufactura.Dashboard.Tests.Live;

/// <summary>A heartbeat says that what is shown is what the database has; it stops where that cannot be said.</summary>
public sealed class HeartbeatTests
{
    [Fact]
    public async Task It_comes_every_second_stops_while_the_database_stands_still_and_comes_back()
    {
        await using var plant = await ChildPlant.CreateAsync();
        await using var hub = await new HubClient().ConnectAsync(plant.Address, await plant.TokenAsync("jefe"));
        await Task.Delay(TimeSpan.FromSeconds(4.2));
        var beats = Beats(hub);
        Assert.InRange(beats.Count, 2, 5);
        Assert.All(beats, b => Assert.True(b.Arguments[0].GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-1)));
        Assert.All(beats, b => Assert.Equal(JsonValueKind.Number, b.Arguments[1].ValueKind));

        plant.PauseServer();
        try
        {
            // One may be on its way: what was read within the last second is fresh.
            await Task.Delay(TimeSpan.FromSeconds(2.2));
            var before = Beats(hub).Count;
            await Task.Delay(TimeSpan.FromSeconds(3.2));
            Assert.Equal(before, Beats(hub).Count);
        }
        finally
        {
            plant.ResumeServer();
        }

        var stopped = hub.Calls.Count;
        await hub.UntilAsync(c => c.Target == "Heartbeat" && hub.Calls.Skip(stopped).Contains(c), 30);
    }

    private static List<HubCall> Beats(HubClient hub) => [.. hub.Calls.Where(c => c.Target == "Heartbeat")];
}
