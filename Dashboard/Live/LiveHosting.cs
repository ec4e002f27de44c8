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
        services
            .AddSignalR(hub =>
            {
                hub.EnableDetailedErrors = false;
                hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
                hub.ClientTimeoutInterval = TimeSpan.FromSeconds(20);
            })
            .AddJsonProtocol(json => PlantJson.Apply(json.PayloadSerializerOptions));
    }

    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapHub<PlantHub>("/hubs/plant");
}
