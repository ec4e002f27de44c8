using Manufactura.Storage.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Manufactura.Silo.Settings;

/// <summary>The first word with the database.</summary>
public static class FirstContact
{
    /// <summary>After a power cut everything starts at once, and a database with much to recover comes last.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Waits for the database if it has to, and brings its schema forward.</summary>
    /// <exception cref="SettingsException">It refuses us, or does not answer for minutes.</exception>
    /// <exception cref="SchemaException">It has a schema that this program does not know.</exception>
    public static async Task PrepareDatabaseAsync(this IServiceProvider services, CancellationToken ct = default)
    {
        var (migrator, time) = (services.GetRequiredService<Migrator>(), TimeProvider.System);
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FirstContact));
        var start = time.GetTimestamp();
        while (true)
        {
            try
            {
                await migrator.RunAsync(ct);
                return;
            }
            catch (NpgsqlException e) when (e.IsTransient && time.GetElapsedTime(start) < Patience)
            {
                logger.LogWarning("The database does not answer yet: {Reason}", e.Message);
                await Task.Delay(Pause, time, ct);
            }
            catch (NpgsqlException e) when (e is not PostgresException || IsRefusal(e.SqlState))
            {
                throw new SettingsException("ConnectionStrings:Plant", $"the database cannot be used: {e.Message}.");
            }
        }
    }

    // Invalid authorization, no such database, no privilege. Anything else is a bug of a migration, and shows where.
    private static bool IsRefusal(string? state) =>
        state is not null && (state.StartsWith("28", StringComparison.Ordinal) || state is "3D000" or "42501");
}
