using Manufactura.Storage.Migrations;
using Npgsql;

namespace Manufactura.Dashboard.Hosting;

/// <summary>The plant's database: the configured one, or an embedded server that lives as long as this process.</summary>
public sealed class PlantDatabase : IAsyncDisposable
{
    /// <summary>Connections to it.</summary>
    public required NpgsqlDataSource DataSource { get; init; }

    /// <summary>Starts the embedded server where none is configured, and brings the schema forward.</summary>
    public static async Task<PlantDatabase> OpenAsync(PlantSettings settings, ILoggerFactory loggers, CancellationToken cancel = default)
    {
        var connection = settings.ConnectionString ?? throw new SettingsException("ConnectionStrings:Plant", "is missing.");
        var source = new NpgsqlDataSourceBuilder(connection).UseLoggerFactory(loggers);
        source.ConnectionStringBuilder.ApplicationName ??= "manufactura";
        var database = new PlantDatabase { DataSource = source.Build() };
        try
        {
            await new Migrator(database.DataSource, loggers.CreateLogger<Migrator>()).RunAsync(cancel);
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await DataSource.DisposeAsync();
}
