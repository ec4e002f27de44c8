using System.Reflection;
using Manufactura.Storage.GrainRuntime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Embedded;

namespace Manufactura.Silo;

/// <summary>Wires the actor runtime that this build was made for: the single-process one.</summary>
public static class ActorRuntime
{
    /// <summary>The value of the MSBuild property <c>ActorRuntime</c>.</summary>
    public const string Name = "Embedded";

    /// <summary>Whether several processes of this build work together.</summary>
    public static bool IsCluster => false;

    /// <summary>
    /// Hosts the grains of these assemblies in this process. Reminders and state are kept by the registered
    /// <see cref="IReminderTable"/> and <see cref="IStateStore"/>, in memory if there are none.
    /// </summary>
    public static IHostApplicationBuilder AddActors(
        this IHostApplicationBuilder builder,
        ActorOptions options,
        params Assembly[] grainAssemblies
    )
    {
        builder.Services.AddSingleton<GrainStateRows>();
        builder.Services.AddSingleton<ReminderRows>();
        builder.Services.TryAddSingleton<IStateStore, DatabaseStateStore>();
        builder.Services.TryAddSingleton<IReminderTable, DatabaseReminderTable>();
        builder.Services.AddEmbeddedOrleans(embedded =>
        {
            foreach (var assembly in grainAssemblies)
                embedded.GrainAssemblies.Add(assembly);
            embedded.ResponseTimeout = options.ResponseTimeout ?? embedded.ResponseTimeout;
            embedded.CollectionAge = options.CollectionAge ?? embedded.CollectionAge;
            embedded.CollectionQuantum = options.CollectionQuantum ?? embedded.CollectionQuantum;
            embedded.MinimumReminderPeriod = options.MinimumReminderPeriod ?? embedded.MinimumReminderPeriod;
        });
        return builder;
    }

    /// <summary>There is nobody else to ask; the settings refuse it before.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static IHostApplicationBuilder AddActorClient(this IHostApplicationBuilder builder, ActorOptions options) =>
        throw new NotSupportedException(
            $"A build for one process has no clients ({builder.Environment.ApplicationName}, {options})."
        );
}
