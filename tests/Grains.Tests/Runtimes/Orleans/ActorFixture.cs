using System.Reflection;
using Manufactura.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace Manufactura.Grains.Tests;

/// <summary>Runs grains on the runtime of this build. Derive from it to say which grains, with which services.</summary>
public abstract class ActorFixture : IAsyncLifetime
{
    private InProcessTestCluster? cluster;

    /// <summary>The silo's own factory, as pages and endpoints hosted beside it use it.</summary>
    public IGrainFactory Grains => cluster!.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>();
    protected virtual ActorOptions Options => new();
    protected abstract Assembly[] GrainAssemblies { get; }

    protected abstract void AddServices(IServiceCollection services);

    public virtual async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Critical));
        builder.ConfigureSilo(
            (_, silo) =>
            {
                AddServices(silo.Services);
                ActorRuntime.Configure(silo, Options);
            }
        );
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public virtual async Task DisposeAsync()
    {
        await cluster!.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }
}
