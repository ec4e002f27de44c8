using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Manufactura.Dashboard.Live;

/// <summary>The hub's connections with the queue of each.</summary>
public sealed class PlantConnections(LiveFeed live, Presence presence, ILogger<PlantConnections> logger)
    : DefaultHubLifetimeManager<PlantHub>(logger)
{
    private readonly ConcurrentDictionary<string, HubScreen> screens = new(StringComparer.Ordinal);

    public int Count => screens.Count;

    public IEnumerable<HubScreen> All => screens.Select(s => s.Value);

    public HubScreen? Find(string connectionId) => screens.GetValueOrDefault(connectionId);

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        screens[connection.ConnectionId] = new HubScreen(connection, live);
    }

    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (screens.TryRemove(connection.ConnectionId, out var screen))
            await screen.DisposeAsync();
        presence.Leave(connection.ConnectionId);
        await base.OnDisconnectedAsync(connection);
    }

    /// <summary>Sends who is in an order's matrix to everybody who watches that order.</summary>
    public void Tell(string order, IReadOnlyList<PresenceCell> people)
    {
        var message = HubMessages.Of("Presence", order, people);
        var topic = Topics.Order + order;
        foreach (var screen in All)
            if (screen.Watches(topic))
                screen.Send(message);
    }

    public void TellAll(SerializedHubMessage message)
    {
        foreach (var screen in All)
            screen.Send(message);
    }
}
