using System.Net;
using System.Net.Sockets;
using Manufactura.Silo;
using Manufactura.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Manufactura.Grains.Tests.Orders;

/// <summary>The plant's grains on the runtime of this build and a real database; a second one on the same database is a second node.</summary>
public sealed class PlantHost : IAsyncDisposable
{
    private readonly IHost host;

    private PlantHost(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public static async Task<PlantHost> StartAsync(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddPlantStorage(connectionString);
        var options = new ActorOptions(ClusterId: Guid.NewGuid().ToString("N"), SiloPort: FreePort(), GatewayPort: FreePort());
        builder.AddPlantSilo(options, TimeZoneInfo.FindSystemTimeZoneById("America/Bogota"));
        var host = builder.Build();
        await host.StartAsync();
        return new PlantHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
