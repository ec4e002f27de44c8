using System.Reflection;
using Manufactura.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Embedded;

namespace Manufactura.Grains.Tests;

/// <summary>Runs grains on the runtime of this build. Derive from it to say which grains, with which services.</summary>
public abstract class ActorFixture : IAsyncLifetime
{
    private IHost? host;

    public IGrainFactory Grains => host!.Services.GetRequiredService<IGrainFactory>();
    protected virtual ActorOptions Options => new();
    protected abstract Assembly[] GrainAssemblies { get; }

    protected abstract void AddServices(IServiceCollection services);

    public virtual async Task InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        AddServices(builder.Services);
        builder.Services.AddSingleton<IStateStore, InMemoryStateStore>();
        builder.Services.AddSingleton<IReminderTable, InMemoryReminderTable>();
        builder.AddActors(Options, GrainAssemblies);
        host = builder.Build();
        await host.StartAsync();
    }

    public virtual async Task DisposeAsync()
    {
        await host!.StopAsync();
        host.Dispose();
    }
}
