using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Orleans.Embedded;

/// <summary>Registers the runtime with a host.</summary>
public static class EmbeddedHosting
{
    /// <summary>
    /// Adds the runtime as hosted service, <see cref="IGrainFactory"/>, and, where nothing else is registered, the system's
    /// <see cref="TimeProvider"/> and stores in memory. Register a durable <see cref="IReminderTable"/> and <see cref="IStateStore"/>
    /// for anything that is to outlive the process. Hosted services that call grains are registered after this one.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static IServiceCollection AddEmbeddedOrleans(this IServiceCollection services, Action<EmbeddedOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new EmbeddedOptions();
        configure(options);
        options.Check();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IReminderTable, InMemoryReminderTable>();
        services.TryAddSingleton<IStateStore, InMemoryStateStore>();
        services.AddSingleton(provider => new EmbeddedRuntime(
            provider,
            options,
            new GrainCatalog(options.GrainAssemblies, services),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IReminderTable>(),
            provider.GetRequiredService<ILogger<EmbeddedRuntime>>()
        ));
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<EmbeddedRuntime>());
        services.AddHostedService(provider => provider.GetRequiredService<EmbeddedRuntime>());
        return services;
    }
}
