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
        builder.AddPlantSilo(NodeOptions.Alone(connectionString), TimeZoneInfo.FindSystemTimeZoneById("America/Bogota"));
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
}
