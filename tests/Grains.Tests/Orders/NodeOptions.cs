using System.Net;
using System.Net.Sockets;
using Manufactura.Silo;

namespace Manufactura.Grains.Tests.Orders;

/// <summary>Options of a host that is a plant by itself on a database; what belongs to a cluster matters only on Orleans.</summary>
public static class NodeOptions
{
    /// <summary>A cluster of its own, so that a second host on one database is a second activation of everything.</summary>
    public static ActorOptions Alone(string connectionString) =>
        new(Cluster: Place(connectionString, Guid.NewGuid().ToString("N")));

    /// <summary>A place in a cluster on this machine, on free ports.</summary>
    public static ClusterPlace Place(string connectionString, string clusterId) =>
        new(connectionString, clusterId, "127.0.0.1", FreePort(), FreePort());

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
