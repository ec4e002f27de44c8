using System.Reflection;
using System.Text.Json;
using Manufactura.Storage.GrainRuntime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.Storage;

namespace Manufactura.Silo;

/// <summary>Wires the actor runtime that this build was made for: Microsoft Orleans, many silos over one PostgreSQL.</summary>
public static class ActorRuntime
{
    /// <summary>The value of the MSBuild property <c>ActorRuntime</c>.</summary>
    public const string Name = "Orleans";

    /// <summary>Whether several processes of this build work together.</summary>
    public static bool IsCluster => true;

    /// <summary>
    /// State and reminders belong to the plant, not to one deployment of it: this never changes, whatever the cluster is called.
    /// </summary>
    private const string ServiceId = "manufactura";

    private const string Npgsql = "Npgsql";

    /// <summary>How long a client may go on sending to a silo that has been declared dead.</summary>
    private static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A commit waits ten seconds for the database at most: who waits longer than this was sent to a silo that hangs.
    /// </summary>
    private static readonly TimeSpan ClientPatience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Makes this process a silo. Grains are found in every assembly that the Orleans generator has seen; naming the assemblies here
    /// makes sure that they are loaded by then.
    /// </summary>
    public static IHostApplicationBuilder AddActors(
        this IHostApplicationBuilder builder,
        ActorOptions options,
        params Assembly[] grainAssemblies
    )
    {
        ArgumentNullException.ThrowIfNull(grainAssemblies);
        return builder.UseOrleans(silo =>
        {
            if (options.Cluster is { } cluster)
                Join(silo, cluster);
            else
                silo.UseLocalhostClustering(serviceId: ServiceId);
            Configure(silo, options);
            silo.AddClusterView();
        });
    }

    /// <summary>Makes this process a client of the cluster's silos.</summary>
    public static IHostApplicationBuilder AddActorClient(this IHostApplicationBuilder builder, ActorOptions options)
    {
        var cluster = options.Cluster ?? throw new ArgumentException("A client needs a cluster.", nameof(options));
        return builder.UseOrleansClient(client =>
        {
            var loss = new GatewayLoss();
            client
                .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Npgsql, cluster.ConnectionString))
                .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.ClusterId, ServiceId))
                .Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = GatewayRefresh)
                .Configure<ClientMessagingOptions>(o => o.ResponseTimeout = options.ResponseTimeout ?? ClientPatience)
                .UseConnectionRetryFilter<GatewayRetry>()
                .AddOutgoingGrainCallFilter(loss)
                .AddGatewayCountChangedHandler(loss.OnChange)
                .AddClusterView();
            AllowExceptions(client.Services);
            KeepRealTime(client.Services);
        });
    }

    /// <summary>All but clustering, which a test cluster does in its own way.</summary>
    public static ISiloBuilder Configure(ISiloBuilder silo, ActorOptions options)
    {
        if (options.Cluster is { } cluster)
        {
            silo.AddAdoNetGrainStorageAsDefault(o =>
                {
                    (o.Invariant, o.ConnectionString) = (Npgsql, cluster.ConnectionString);
                    o.GrainStorageSerializer = new JsonStateSerializer(StateJson);
                })
                .UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (Npgsql, cluster.ConnectionString));
            silo.Services.AddSingleton<GrainStateRows>();
            silo.Services.AddGrainStorage(
                "screens",
                (s, _) => new PlantStateStorage(s.GetRequiredService<GrainStateRows>(), StateJson)
            );
        }
        else
            silo.AddMemoryGrainStorageAsDefault().AddMemoryGrainStorage("screens").UseInMemoryReminderService();
        silo.AddIncomingGrainCallFilter<OutageFilter>();
        silo.Configure<SiloMessagingOptions>(o =>
            o.ResponseTimeout = o.SystemResponseTimeout = options.ResponseTimeout ?? o.ResponseTimeout
        );
        silo.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = options.ResponseTimeout ?? o.ResponseTimeout);
        silo.Configure<GrainCollectionOptions>(o =>
        {
            o.CollectionAge = options.CollectionAge ?? o.CollectionAge;
            o.CollectionQuantum = options.CollectionQuantum ?? o.CollectionQuantum;
        });
        silo.Configure<ReminderOptions>(o => o.MinimumReminderPeriod = options.MinimumReminderPeriod ?? o.MinimumReminderPeriod);
        AllowExceptions(silo.Services);
        KeepRealTime(silo.Services);
        return silo;
    }

    private static JsonSerializerOptions StateJson { get; } = new(JsonSerializerDefaults.General);

    private static void Join(ISiloBuilder silo, ClusterPlace cluster)
    {
        silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Npgsql, cluster.ConnectionString))
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.ClusterId, ServiceId))
            .Configure<ClusterMembershipOptions>(o =>
                // Orleans lengthens probes up to four times, and takes no vote against a silo that was heard of within three of the
                // longest: a silo that hangs would keep its grains for forty seconds.
                o.MaxProbeTimeout = o.ProbeTimeout =
                    cluster.ProbePeriod ?? o.ProbeTimeout
            );
        if (cluster.Address is { } address)
            silo.ConfigureEndpoints(address, cluster.SiloPort, cluster.GatewayPort);
        else
            silo.ConfigureEndpoints(cluster.SiloPort, cluster.GatewayPort);
    }

    /// <summary>Exceptions of ours reach callers in other processes as what they are.</summary>
    private static void AllowExceptions(IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("Manufactura"));

    /// <summary>
    /// The cluster lives by the machine's clock, whatever clock the plant has: one that is set ahead would make a silo take its own entry
    /// for an old one. Timers of grains are the plant's.
    /// </summary>
    private static void KeepRealTime(IServiceCollection services)
    {
        services.AddKeyedSingleton(KeyedService.AnyKey, static (_, _) => TimeProvider.System);
        services.AddKeyedSingleton(TimeProviderNames.Grains, static (s, _) => s.GetRequiredService<TimeProvider>());
    }
}
