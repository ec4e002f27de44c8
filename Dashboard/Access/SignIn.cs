using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace Manufactura.Dashboard.Access;

/// <summary>How a sign-in ended.</summary>
public abstract record SignInAnswer
{
    /// <summary>The person is who they say.</summary>
    public sealed record Accepted(ClaimsPrincipal Principal) : SignInAnswer;

    /// <summary>Unknown user, wrong password or disabled: deliberately not told apart.</summary>
    public sealed record Refused : SignInAnswer;

    /// <summary>Too many failures: ask again after <paramref name="Wait"/>.</summary>
    public sealed record Throttled(TimeSpan Wait) : SignInAnswer
    {
        /// <summary>Whole seconds for a Retry-After header, at least 1.</summary>
        public int Seconds => Math.Max(1, (int)Math.Ceiling(Wait.TotalSeconds));
    }
}

/// <summary>Checks user and password, the same for the page and for the API.</summary>
public sealed class SignIn(
    UserManager<PlantUser> users,
    IUserClaimsPrincipalFactory<PlantUser> principals,
    IPasswordHasher<PlantUser> hasher,
    SignInThrottle throttle
)
{
    private static string? _decoy;

    /// <summary>Checks a user's password, counting failures per user and <paramref name="address"/>.</summary>
    public async Task<SignInAnswer> CheckAsync(string name, string password, IPAddress? address)
    {
        if (throttle.Begin(name, address) is { } wait)
            return new SignInAnswer.Throttled(wait);
        var user = await users.FindByNameAsync(name.Trim());
        if (user is null)
        {
            // As much work as for a user that exists, so that the time taken tells nothing.
            var nobody = new PlantUser();
            _decoy ??= hasher.HashPassword(nobody, "decoy");
            hasher.VerifyHashedPassword(nobody, _decoy, password);
            return new SignInAnswer.Refused();
        }
        if (!await users.CheckPasswordAsync(user, password) || user.Disabled)
            return new SignInAnswer.Refused();
        throttle.Succeeded(name, address);
        return new SignInAnswer.Accepted(await principals.CreateAsync(user));
    }
}
