using System.Reflection;
using System.Text.Json;
using Manufactura.Storage.GrainRuntime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
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
            client
                .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Npgsql, cluster.ConnectionString))
                .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.ClusterId, ServiceId))
                .Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = TimeSpan.FromSeconds(5))
                .Configure<ClientMessagingOptions>(o => o.ResponseTimeout = options.ResponseTimeout ?? o.ResponseTimeout)
                .UseConnectionRetryFilter<GatewayRetry>()
                .AddClusterView();
            AllowExceptions(client.Services);
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
        return silo;
    }

    private static JsonSerializerOptions StateJson { get; } = new(JsonSerializerDefaults.General);

    private static void Join(ISiloBuilder silo, ClusterPlace cluster)
    {
        silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Npgsql, cluster.ConnectionString))
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster.ClusterId, ServiceId))
            .Configure<ClusterMembershipOptions>(o => o.ProbeTimeout = cluster.ProbePeriod ?? o.ProbeTimeout);
        if (cluster.Address is { } address)
            silo.ConfigureEndpoints(address, cluster.SiloPort, cluster.GatewayPort);
        else
            silo.ConfigureEndpoints(cluster.SiloPort, cluster.GatewayPort);
    }

    /// <summary>Exceptions of ours reach callers in other processes as what they are.</summary>
    private static void AllowExceptions(IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(o => o.SupportedNamespacePrefixes.Add("Manufactura"));
}
