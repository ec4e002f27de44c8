using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Manufactura.Silo;

/// <summary>Wires the actor runtime that this build was made for: Microsoft Orleans, many silos over one PostgreSQL.</summary>
public static class ActorRuntime
{
    /// <summary>The value of the MSBuild property <c>ActorRuntime</c>.</summary>
    public const string Name = "Orleans";

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
            if (options.ConnectionString is { } database)
                silo.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Npgsql, database))
                    .ConfigureEndpoints(options.SiloPort, options.GatewayPort)
                    .Configure<ClusterOptions>(o => o.ClusterId = o.ServiceId = options.ClusterId);
            else
                silo.UseLocalhostClustering(
                    options.SiloPort,
                    options.GatewayPort,
                    serviceId: options.ClusterId,
                    clusterId: options.ClusterId
                );
            Configure(silo, options);
        });
    }

    /// <summary>All but clustering, which a test cluster does in its own way.</summary>
    public static ISiloBuilder Configure(ISiloBuilder silo, ActorOptions options)
    {
        if (options.ConnectionString is { } database)
            silo.AddAdoNetGrainStorageAsDefault(o => (o.Invariant, o.ConnectionString) = (Npgsql, database))
                .AddAdoNetGrainStorage("screens", o => (o.Invariant, o.ConnectionString) = (Npgsql, database))
                .UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (Npgsql, database));
        else
            silo.AddMemoryGrainStorageAsDefault().AddMemoryGrainStorage("screens").UseInMemoryReminderService();
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
        return silo;
    }
}
