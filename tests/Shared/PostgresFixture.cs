using System.Diagnostics;
using Manufactura.Storage;
using Manufactura.Storage.Embedded;
using Manufactura.Storage.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Manufactura.Tests.Shared;

/// <summary>
/// A migrated database of its own for each test class (<c>IClassFixture</c>), on one throwaway server per test process that is
/// removed when the process ends; what a killed process left is removed by the next one.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static ThrowawayServer? server;
    private static int databases;
    private string name = "";

    /// <summary>How to connect to this class's database.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>A pool on this class's database.</summary>
    public NpgsqlDataSource DataSource { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        (name, ConnectionString) = await CreateDatabaseAsync();
        DataSource = PlantDataSource.Create(ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await DataSource.DisposeAsync();
        await Turn.WaitAsync();
        try
        {
            await ExecuteAsync(server!.ConnectionString, $"drop database {name} with (force)");
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>A further migrated database, which lives as long as the server.</summary>
    public static async Task<(string Name, string ConnectionString)> CreateDatabaseAsync()
    {
        await Turn.WaitAsync();
        try
        {
            server ??= await ThrowawayServer.StartAsync();
            var database = $"test_{++databases}";
            await ExecuteAsync(server.ConnectionString, $"create database {database} template template_plant");
            return (database, On(server.ConnectionString, database));
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>With patience: on a machine that does much else, many connections at once take their time.</summary>
    internal static string On(string connectionString, string database) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database, Timeout = 60 }.ConnectionString;

    internal static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class ThrowawayServer
    {
        private const string Prefix = "manufactura-test-";

        public required string ConnectionString { get; init; }

        public static async Task<ThrowawayServer> StartAsync()
        {
            await SweepAsync();
            var directory = Path.Combine(Path.GetTempPath(), $"{Prefix}{Environment.ProcessId}");
            var embedded = await EmbeddedServer.StartAsync(directory, NullLogger.Instance);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(embedded, directory);
            await ExecuteAsync(embedded.ConnectionString, "create database template_plant");
            await using (var source = NpgsqlDataSource.Create(On(embedded.ConnectionString, "template_plant")))
            {
                await new Migrator(source, NullLogger<Migrator>.Instance).RunAsync();
            }
            return new ThrowawayServer { ConnectionString = embedded.ConnectionString };
        }

        private static void Remove(EmbeddedServer embedded, string directory)
        {
            embedded.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Directory.Delete(directory, recursive: true);
        }

        private static async Task SweepAsync()
        {
            foreach (var directory in Directory.GetDirectories(Path.GetTempPath(), Prefix + "*"))
            {
                if (int.TryParse(Path.GetFileName(directory)[Prefix.Length..], out var owner) && !IsAlive(owner))
                {
                    await RemoveLeftAsync(directory);
                }
            }
        }

        // Other test processes may be at the same, and only one of them gets hold of it.
        private static async Task RemoveLeftAsync(string directory)
        {
            try
            {
                if (File.Exists(Path.Combine(directory, "postgres", "cluster", "PG_VERSION")))
                {
                    await using (await EmbeddedServer.StartAsync(directory, NullLogger.Instance)) { }
                }
                Directory.Delete(directory, recursive: true);
            }
            catch (Exception e)
                when (e is EmbeddedServerException or IOException or UnauthorizedAccessException or NpgsqlException) { }
        }

        private static bool IsAlive(int id)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                return true;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }
    }
}
