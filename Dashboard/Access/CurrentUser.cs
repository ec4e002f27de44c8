using System.Reflection;
using System.Security.Claims;
using Manufactura.Domain.Access;

namespace Manufactura.Dashboard.Access;

/// <summary>
/// Who asks: a person, or a program with an API key. Pages take it as a cascading parameter, API handlers as an ordinary
/// parameter, the hub by <see cref="From"/>.
/// </summary>
/// <param name="Name">User name, or <c>key:name</c> for an API key: what the audit writes as actor. Empty when nobody is signed in.</param>
/// <param name="DisplayName">The name shown to others.</param>
/// <param name="Roles">Roles; empty when nobody is signed in.</param>
public sealed record CurrentUser(string Name, string DisplayName, IReadOnlyList<Role> Roles)
{
    internal const string DisplayNameClaim = "display_name";

    /// <summary>Nobody.</summary>
    public static CurrentUser Nobody { get; } = new("", "", []);

    /// <summary>Whether somebody is signed in.</summary>
    public bool IsSignedIn => Name.Length > 0;

    /// <summary>Whether one of the roles may do <paramref name="permission"/>.</summary>
    public bool May(Permission permission) => Permissions.Allows(Roles, permission);

    /// <summary>One or two letters that stand for the person beside others.</summary>
    public string Initials
    {
        get
        {
            var words = DisplayName.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return words.Length switch
            {
                0 => "?",
                1 => words[0][..Math.Min(2, words[0].Length)].ToUpperInvariant(),
                _ => $"{words[0][0]}{words[^1][0]}".ToUpperInvariant(),
            };
        }
    }

    /// <summary>The user behind a principal.</summary>
    public static CurrentUser From(ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true, Name: { Length: > 0 } name })
            return Nobody;
        return new CurrentUser(name, principal.FindFirstValue(DisplayNameClaim) ?? name, principal.PlantRoles());
    }

    /// <summary>Binds a handler's parameter; never fails, since the endpoint's policy has been asked before.</summary>
    public static ValueTask<CurrentUser> BindAsync(HttpContext context, ParameterInfo _) =>
        ValueTask.FromResult(From(context.User));
}

/// <summary>What the plant reads out of a principal.</summary>
public static class PrincipalExtensions
{
    /// <summary>The roles a principal carries; words that are not roles are left out.</summary>
    public static IReadOnlyList<Role> PlantRoles(this ClaimsPrincipal principal) =>
        [
            .. principal
                .FindAll(ClaimTypes.Role)
                .Select(c => Enum.TryParse<Role>(c.Value, out var role) ? role : (Role?)null)
                .OfType<Role>(),
        ];

    /// <summary>Whether the principal may do <paramref name="permission"/>.</summary>
    public static bool May(this ClaimsPrincipal principal, Permission permission) =>
        Permissions.Allows(principal.PlantRoles(), permission);
}
