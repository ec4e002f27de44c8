using Manufactura.Storage.Commits;
using Manufactura.Storage.Feeds;
using Manufactura.Storage.GrainRuntime;
using Manufactura.Storage.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Manufactura.Storage;

/// <summary>Registers what this project offers.</summary>
public static class StorageRegistration
{
    /// <summary>
    /// Adds the data source, <see cref="Migrator"/>, <see cref="SchemaState"/>, <see cref="ICommitLog"/>,
    /// <see cref="INumbers"/>, <see cref="IFeed"/> (a hosted service) and the rows of the grain runtime.
    /// The schema is not touched: run the migrator before the host starts.
    /// </summary>
    public static IServiceCollection AddPlantStorage(this IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => PlantDataSource.Create(connectionString));
        services.AddSingleton<Migrator>();
        services.AddSingleton<SchemaState>();
        services.AddSingleton<CommitLog>();
        services.AddSingleton<ICommitLog>(s => s.GetRequiredService<CommitLog>());
        services.AddSingleton<INumbers, Numbers>();
        services.AddSingleton<Feed>();
        services.AddSingleton<IFeed>(s => s.GetRequiredService<Feed>());
        services.AddHostedService(s => s.GetRequiredService<Feed>());
        services.AddSingleton<EventRetention>();
        services.AddHostedService<EventKeeper>();
        services.AddSingleton<GrainStateRows>();
        services.AddSingleton<ReminderRows>();
        return services;
    }
}
