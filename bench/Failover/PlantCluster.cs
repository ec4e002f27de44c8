using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Manufactura.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Manufactura.Bench.Failover;

/// <summary>Three silos and two dashboards on this machine over one PostgreSQL of their own, which is removed afterwards.</summary>
internal sealed class PlantCluster : IAsyncDisposable
{
    // Five processes with two pools each share the server's hundred connections.
    private const int PoolSize = 12;

    private readonly string directory = Path.Combine(Path.GetTempPath(), $"manufactura-failover-{Environment.ProcessId}");

    private PlantCluster(EmbeddedServer server)
    {
        Server = server;
        Connection = new NpgsqlConnectionStringBuilder(server.ConnectionString) { MaxPoolSize = PoolSize }.ConnectionString;
        Database = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(Connection)
            {
                MaxPoolSize = 4,
                Timeout = 30,
                CommandTimeout = 60,
            }
        );
        Silos = [.. Enumerable.Range(1, 3).Select(i => Node($"silo {i}", "Silo", "Silo"))];
        Dashboards = [.. Enumerable.Range(1, 2).Select(i => Node($"dashboard {i}", "Dashboard", "Client"))];
    }

    public EmbeddedServer Server { get; }

    public NpgsqlDataSource Database { get; }

    public IReadOnlyList<Node> Silos { get; }

    public IReadOnlyList<Node> Dashboards { get; }

    private string Connection { get; }

    /// <summary>Starts all of it; the first dashboard brings the demo plant.</summary>
    public static async Task<PlantCluster> StartAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"manufactura-failover-{Environment.ProcessId}");
        var cluster = new PlantCluster(await EmbeddedServer.StartAsync(directory, NullLogger.Instance));
        try
        {
            foreach (var node in cluster.Silos.Concat(cluster.Dashboards))
                Console.WriteLine($"{node.Name} ready after {(await node.StartAsync()).TotalSeconds:0.0} s");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A second copy of the programs, as a new build is installed beside the old one.</summary>
    public string CopyBuild(string program)
    {
        var target = Path.Combine(directory, "new", program);
        foreach (var file in Directory.EnumerateFiles(Bench.Failover.Node.Beside(program), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(Bench.Failover.Node.Beside(program), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Dashboards.Concat(Silos))
            await node.DisposeAsync();
        await Database.DisposeAsync();
        await Server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private Node Node(string name, string program, string kind)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Plant"] = Connection,
            ["Plant__DataDirectory"] = Path.Combine(directory, name.Replace(' ', '-')),
            ["Plant__TimeZone"] = "America/Bogota",
            ["Plant__Demo"] = "true",
            ["Cluster__Node"] = kind,
            ["Cluster__Address"] = "127.0.0.1",
            ["Cluster__SiloPort"] = FreePort().ToString(CultureInfo.InvariantCulture),
            ["Cluster__GatewayPort"] = FreePort().ToString(CultureInfo.InvariantCulture),
            ["Logging__LogLevel__Default"] = "Warning",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
        };
        return new(name, program, FreePort(), settings);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
