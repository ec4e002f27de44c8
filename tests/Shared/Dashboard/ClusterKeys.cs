using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Manufactura.Silo;

namespace Manufactura.Tests.Shared;

/// <summary>Settings that let a dashboard be a cluster of one beside others on this machine; none where the build knows no clusters.</summary>
public static class ClusterKeys
{
    public static IReadOnlyDictionary<string, string> OfOne() =>
        ActorRuntime.IsCluster
            ? new Dictionary<string, string>
            {
                ["Cluster:ClusterId"] = Guid.NewGuid().ToString("N"),
                ["Cluster:Address"] = "127.0.0.1",
                ["Cluster:SiloPort"] = FreePort(),
                ["Cluster:GatewayPort"] = FreePort(),
            }
            : [];

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
