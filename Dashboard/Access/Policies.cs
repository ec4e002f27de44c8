using Manufactura.Domain.Access;
using Microsoft.AspNetCore.Authorization;

namespace Manufactura.Dashboard.Access;

/// <summary>One ASP.NET policy per <see cref="Permission"/>, named after it; whatever names none asks for <see cref="Permission.Read"/>.</summary>
public static class Policies
{
    internal static void AddPolicies(this AuthorizationBuilder authorization)
    {
        foreach (var permission in Enum.GetValues<Permission>())
            authorization.AddPolicy(permission.ToString(), Policy(permission));
        authorization.SetDefaultPolicy(Policy(Permission.Read)).SetFallbackPolicy(Policy(Permission.Read));
    }

    /// <summary>The endpoint, or every endpoint of the group, asks for <paramref name="permission"/>.</summary>
    public static TBuilder Requires<TBuilder>(this TBuilder endpoint, Permission permission)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireAuthorization(permission.ToString());

    private static AuthorizationPolicy Policy(Permission permission) =>
        new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(ask => ask.User.May(permission)).Build();
}

/// <summary>A page, hub or hub method that asks for a permission.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresAttribute(Permission permission) : AuthorizeAttribute(permission.ToString())
{
    /// <summary>What is asked for.</summary>
    public Permission Permission { get; } = permission;
}
