using System.Net;
using Manufactura.Silo;
using Manufactura.Silo.Reactions;
using Manufactura.Storage;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Manufactura.Plant.Simulation.Stage;

/// <summary>One process of the plant: its real grains, commit log, feed and reactions, on a clock and a wire of its own.</summary>
internal sealed class SimHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);
    private readonly IHost host;
    private readonly HostClock clock;
    private readonly ServiceClock watchClock;
    private readonly ServiceClock tellerClock;
    private readonly ServiceClock reactorClock;
    private readonly CacheWatch caches;
    private readonly Rounds rounds;

    private SimHost(
        IHost host,
        Wire wire,
        HostClock clock,
        ServiceClock watchClock,
        ServiceClock tellerClock,
        ServiceClock reactorClock
    )
    {
        (this.host, Wire, this.clock) = (host, wire, clock);
        (this.watchClock, this.tellerClock, this.reactorClock) = (watchClock, tellerClock, reactorClock);
        var services = host.Services.GetServices<IHostedService>().ToArray();
        caches = services.OfType<CacheWatch>().Single();
        rounds = services.OfType<Rounds>().Single();
        Grains = host.Services.GetRequiredService<IGrainFactory>();
        Numbers = host.Services.GetRequiredService<INumbers>();
        Feed = host.Services.GetRequiredService<IFeed>();
        Gate = (CommitGate)host.Services.GetRequiredService<ICommitLog>();
    }

    public Wire Wire { get; }

    public IGrainFactory Grains { get; }

    public INumbers Numbers { get; }

    public IFeed Feed { get; }

    public CommitGate Gate { get; }

    /// <summary>Ends when the host dies.</summary>
    public Task Death => Wire.Death.Task;

    /// <summary>Starts a host and waits until it has made its first round and has its place in the feed; then its readers are held.</summary>
    /// <param name="overdue">What a dead host still has under way.</param>
    public static async Task<SimHost> StartAsync(PlantDatabase database, PlantTime time, ILoggerProvider log, Wire? overdue)
    {
        var wire = new Wire(database.Server) { Overdue = overdue };
        wire.HoldPlaces();
        var clock = time.NewClock();
        var (watch, teller, reactor) = (clock.For(), clock.For(), clock.For());
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddPlantStorage(database.By(wire));
        builder.AddPlantSilo(new ActorOptions(), time.Zone);
        builder.Services.Replace(
            ServiceDescriptor.Singleton(s => ActivatorUtilities.CreateInstance<SupplyWatch>(s, (TimeProvider)watch))
        );
        // Who waits for a database that refuses is told so at once, not after ten real seconds.
        builder.Services.Replace(
            ServiceDescriptor.Singleton(s => new CommitLog(
                s.GetRequiredService<NpgsqlDataSource>(),
                s.GetRequiredService<ILogger<CommitLog>>(),
                Patience
            ))
        );
        builder.Services.Replace(ServiceDescriptor.Singleton<ICommitLog>(s => new CommitGate(s.GetRequiredService<CommitLog>())));
        Clocked<Reactor>(builder.Services, reactor);
        Clocked<LineTeller>(builder.Services, teller);
        var host = builder.Build();
        await host.StartAsync();
        var made = new SimHost(host, wire, clock, watch, teller, reactor);
        await made.rounds.ExecuteTask!;
        while (made.Feed.LastReadAt is null)
            await Task.Delay(1);
        wire.HoldFeed();
        return made;
    }

    /// <summary>
    /// Whether everything up to this event was handed on, and nothing of this host is between two waits. Where the readers of the feed
    /// stand is for the database to say.
    /// </summary>
    public bool IsQuiet(long lastEvent) =>
        rounds.ExecuteTask is { IsCompleted: true }
        && Feed.LastEventId >= lastEvent
        && caches.HeardThrough >= lastEvent
        && watchClock.Waiting > 0
        && tellerClock.Waiting > 0
        && !clock.Busy;

    /// <summary>Whether the reactions wait for a moment to pass before they look at the feed again.</summary>
    public bool ReactionsWait => reactorClock.Waiting > 0;

    /// <summary>Grows each time that the watch over supply begins to wait again.</summary>
    public int Watches => watchClock.Begun;

    /// <summary>A hosted service of this kind has this clock.</summary>
    private static void Clocked<T>(IServiceCollection services, TimeProvider clock)
        where T : class, IHostedService
    {
        var registered = services.Single(d => d.ImplementationType == typeof(T));
        services[services.IndexOf(registered)] = ServiceDescriptor.Singleton<IHostedService>(s =>
            ActivatorUtilities.CreateInstance<T>(s, clock)
        );
    }

    /// <summary>Stops in order, as on a shutdown.</summary>
    public async ValueTask DisposeAsync()
    {
        clock.Stop();
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        try
        {
            await host.StopAsync(limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or AggregateException)
        {
            // What hangs of a host that died is no concern of anybody.
        }

        await Wire.DisposeAsync();
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }
}
