using Manufactura.Grains.Tests.Orders;
using Manufactura.Storage;
using Manufactura.Storage.Embedded;
using Manufactura.Storage.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Manufactura.Bench;

/// <summary>A server and plant of its own for one bench, removed afterwards; fsync is on, as in production.</summary>
internal sealed class Throwaway : IAsyncDisposable
{
    private readonly string directory;
    private readonly EmbeddedServer server;

    private Throwaway(string directory, EmbeddedServer server, NpgsqlDataSource database, PlantHost host) =>
        (this.directory, this.server, Database, Host) = (directory, server, database, host);

    public NpgsqlDataSource Database { get; }

    public PlantHost Host { get; }

    public static async Task<Throwaway> StartAsync(params string[] seed)
    {
        var directory = Path.Combine(Path.GetTempPath(), $"manufactura-bench-{Environment.ProcessId}");
        var server = await EmbeddedServer.StartAsync(directory, NullLogger.Instance);
        var connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxPoolSize = 70 }.ConnectionString;
        var database = PlantDataSource.Create(connection);
        await new Migrator(database, NullLogger<Migrator>.Instance).RunAsync();
        foreach (var sql in seed.Append("analyze"))
        {
            await using var command = database.CreateCommand(sql);
            command.CommandTimeout = 300;
            await command.ExecuteNonQueryAsync();
        }

        return new(
            directory,
            server,
            database,
            await PlantHost.StartAsync(
                server.ConnectionString.Replace("Maximum Pool Size=50", "Maximum Pool Size=20", StringComparison.Ordinal)
            )
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Database.DisposeAsync();
        await server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
