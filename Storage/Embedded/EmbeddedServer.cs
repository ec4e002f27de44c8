using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Manufactura.Storage.Embedded;

/// <summary>
/// A PostgreSQL server of our own below a data directory, listening on loopback only. It outlives a killed host, and the next host
/// takes it over; a killed server recovers from its log.
/// </summary>
public sealed class EmbeddedServer : IAsyncDisposable
{
    private const string User = "manufactura";
    private const string DatabaseName = "plant";
    private readonly Cluster cluster;
    private readonly FileStream held;

    private EmbeddedServer(Cluster cluster, FileStream held, string connectionString)
    {
        this.cluster = cluster;
        this.held = held;
        ConnectionString = connectionString;
    }

    /// <summary>How to connect to the plant's database, as the owner of everything in this server.</summary>
    public string ConnectionString { get; }

    /// <summary>Process id of the server.</summary>
    internal int ProcessId => cluster.Postmaster()?.Id ?? 0;

    /// <summary>
    /// Starts the server of a data directory, making it at the first time. Throws <see cref="EmbeddedServerException"/> with a sentence
    /// where that cannot be: no binaries, another version's data, another program using it.
    /// </summary>
    public static async Task<EmbeddedServer> StartAsync(string dataDirectory, ILogger logger, CancellationToken ct = default)
    {
        var user = ServerUser.Current();
        var files = await ServerFiles.PrepareAsync(dataDirectory, user, logger, ct).ConfigureAwait(false);
        var held = Hold(files);
        Cluster? cluster = null;
        try
        {
            cluster = new Cluster(files, user, Binaries.Find(files.Version), logger);
            var password = await PasswordAsync(files, ct).ConfigureAwait(false);
            if (files.Version is null)
            {
                await cluster.CreateAsync(User, password, ct).ConfigureAwait(false);
            }
            var port =
                await TakeOverAsync(cluster, password, logger, ct).ConfigureAwait(false)
                ?? await StartOnFreePortAsync(cluster, ct).ConfigureAwait(false);
            await CreateDatabaseAsync(Connection(port, password, "postgres"), ct).ConfigureAwait(false);
            return new EmbeddedServer(cluster, held, Connection(port, password, DatabaseName));
        }
        catch
        {
            await (cluster?.StopAsync(CancellationToken.None) ?? Task.CompletedTask).ConfigureAwait(false);
            await held.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops the server: open transactions are rolled back, everything committed is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        await cluster.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await held.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Stops the server and after a while starts it again at the same port, for tests of an outage.</summary>
    internal async Task StopAndStartAsync(TimeSpan away)
    {
        var port = cluster.Postmaster()!.Port;
        await cluster.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await Task.Delay(away).ConfigureAwait(false);
        await cluster.StartAsync(port, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Lets go of the server without stopping it, as a killed host does.</summary>
    internal ValueTask AbandonAsync() => held.DisposeAsync();

    // The lock goes with the process, however it ends.
    private static FileStream Hold(ServerFiles files)
    {
        try
        {
            return new FileStream(files.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new EmbeddedServerException(
                $"Another program is using the data in {files.Home}: stop it, or name another data directory.",
                e
            );
        }
    }

    private static async Task<string> PasswordAsync(ServerFiles files, CancellationToken ct)
    {
        if (File.Exists(files.Password))
        {
            return (await File.ReadAllTextAsync(files.Password, ct).ConfigureAwait(false)).Trim();
        }
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        await PrivateFile.WriteAsync(files.Password, password, ct).ConfigureAwait(false);
        return password;
    }

    /// <summary>The port of a server that a killed host left running, null where there is none that answers.</summary>
    private static async Task<int?> TakeOverAsync(Cluster cluster, string password, ILogger logger, CancellationToken ct)
    {
        if (cluster.Postmaster() is not { } left)
        {
            return null;
        }
        try
        {
            await using var source = NpgsqlDataSource.Create(Connection(left.Port, password, "postgres"));
            await using var command = source.CreateCommand("select current_setting('data_directory')");
            if (
                left.Port > 0
                && await command.ExecuteScalarAsync(ct).ConfigureAwait(false) is string directory
                && cluster.IsAt(directory)
            )
            {
                logger.LogInformation("Took over the database server {Pid} that was left running", left.Id);
                return left.Port;
            }
        }
        catch (NpgsqlException e)
        {
            logger.LogWarning(e, "The database server {Pid} that was left running does not answer and is stopped", left.Id);
        }
        await cluster.StopAsync(ct).ConfigureAwait(false);
        return null;
    }

    private static async Task<int> StartOnFreePortAsync(Cluster cluster, CancellationToken ct)
    {
        const int attempts = 6;
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            try
            {
                cluster.ForgetStalePid();
                await cluster.StartAsync(port, ct).ConfigureAwait(false);
                return port;
            }
            catch (EmbeddedServerException) when (attempt < attempts)
            {
                // Somebody took the port, or processes of a killed server are still going away.
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), ct).ConfigureAwait(false);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task CreateDatabaseAsync(string connectionString, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var exists = source.CreateCommand(
            $"select exists (select from pg_database where datname = '{DatabaseName}')"
        );
        if (!(bool)(await exists.ExecuteScalarAsync(ct).ConfigureAwait(false))!)
        {
            await using var create = source.CreateCommand($"create database {DatabaseName} template template0 encoding 'UTF8'");
            await create.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }
    }

    private static string Connection(int port, string password, string database) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={port};Username={User};Password={password};Database={database};Timeout=5;Maximum Pool Size=50"
        );
}
