using Manufactura.Grains.Tests.Runtime.Probes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Embedded;

namespace Manufactura.Grains.Tests.Runtime;

/// <summary>A host on a clock that the test moves. A second one on the same stores is the same plant after a restart.</summary>
public sealed class ClockedHost : IAsyncDisposable
{
    private readonly IHost host;

    private ClockedHost(IHost host) => this.host = host;

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();
    public EmbeddedRuntime Runtime => host.Services.GetRequiredService<EmbeddedRuntime>();

    public static async Task<ClockedHost> StartAsync(
        World world,
        Action<EmbeddedOptions>? configure = null,
        CancellationToken cancellationToken = default
    )
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddSingleton(world.Diary);
        builder.Services.AddSingleton(world.Time);
        builder.Services.AddSingleton<IReminderTable>(world.Reminders);
        builder.Services.AddSingleton<IStateStore>(world.States);
        builder.Services.AddEmbeddedOrleans(options =>
        {
            options.GrainAssemblies.Add(typeof(ProbeGrain).Assembly);
            configure?.Invoke(options);
        });
        var host = builder.Build();
        await host.StartAsync(cancellationToken);
        return new(host);
    }

    public Task StopAsync(CancellationToken cancellationToken = default) => host.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await host.StopAsync(atOnce.Token);
        host.Dispose();
    }
}

/// <summary>What outlives a host.</summary>
public sealed class World
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    public Diary Diary { get; } = new();
    public ManualClock Clock { get; } = new(Start);
    public TimeProvider Time => RealTime ? TimeProvider.System : Clock;
    public bool RealTime { get; init; }
    public InMemoryReminderTable Reminders { get; } = new();
    public InMemoryStateStore States { get; } = new();
}
