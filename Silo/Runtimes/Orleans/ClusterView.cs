using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Orleans.Hosting;
#if ORLEANS_DASHBOARD
using Orleans.Dashboard;
#endif

namespace Manufactura.Silo;

/// <summary>
/// Orleans' own pages about silos, grains and calls, in builds made with <c>-p:OrleansDashboard=true</c>. They are a package of their own,
/// which not every source has.
/// </summary>
public static class ClusterView
{
#if ORLEANS_DASHBOARD
    /// <summary>Whether this build has the pages.</summary>
    public static bool IsThere => true;

    /// <summary>Maps the pages below a path; the caller says who may see them. Null where this build has none.</summary>
    public static IEndpointConventionBuilder? MapClusterView(this IEndpointRouteBuilder routes, string path) =>
        routes.MapOrleansDashboard(path);

    internal static void AddClusterView(this ISiloBuilder silo) => silo.AddDashboard();

    internal static void AddClusterView(this IClientBuilder client) => client.AddDashboard();
#else
    /// <summary>Whether this build has the pages.</summary>
    public static bool IsThere => false;

    /// <summary>Maps the pages below a path; the caller says who may see them. Null where this build has none.</summary>
    public static IEndpointConventionBuilder? MapClusterView(this IEndpointRouteBuilder routes, string path) => null;

    internal static void AddClusterView(this ISiloBuilder silo) { }

    internal static void AddClusterView(this IClientBuilder client) { }
#endif
}
