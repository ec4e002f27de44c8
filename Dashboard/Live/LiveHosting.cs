using Manufactura.Dashboard.Api.Json;
using Microsoft.AspNetCore.SignalR;

namespace Manufactura.Dashboard.Live;

/// <summary>The live interface in the host.</summary>
public static class LiveHosting
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<Presence>();
        services.AddSingleton<LiveFeed>();
        services.AddHostedService(s => s.GetRequiredService<LiveFeed>());
        services.AddSingleton<PlantConnections>();
        services.AddSingleton<HubLifetimeManager<PlantHub>>(s => s.GetRequiredService<PlantConnections>());
        services.AddHostedService<Heartbeat>();
        services.AddHostedService<PresenceTeller>();
        services.AddHostedService<HubAccess>();
        services
            .AddSignalR(hub =>
            {
                hub.EnableDetailedErrors = false;
                hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
                hub.ClientTimeoutInterval = TimeSpan.FromSeconds(20);
            })
            // As many topics as may be watched, as long as they may be.
            .AddHubOptions<PlantHub>(hub => hub.MaximumReceiveMessageSize = 2 * HubScreen.MaxTopics * Topics.MaxLength)
            .AddJsonProtocol(json => PlantJson.Apply(json.PayloadSerializerOptions));
    }

    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapHub<PlantHub>("/hubs/plant");
}
