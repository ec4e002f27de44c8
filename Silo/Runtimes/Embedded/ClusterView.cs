using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Manufactura.Silo;

/// <summary>Pages about the nodes of a cluster: one process has none.</summary>
public static class ClusterView
{
    /// <summary>Whether this build has the pages.</summary>
    public static bool IsThere => false;

    /// <summary>Maps nothing and answers null.</summary>
    public static IEndpointConventionBuilder? MapClusterView(this IEndpointRouteBuilder routes, string path) => null;
}
