using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Manufactura.Dashboard.Access;

/// <summary>
/// Whether a cookie or token is still good: the user was not disabled, and neither password nor roles have changed since; the key was
/// not revoked. Cookies and tokens carry their own proof, so without this they would outlive such a change.
/// </summary>
public sealed class AccessCheck(
    IDbContextFactory<AccessDb> databases,
    ApiKeys keys,
    IOptions<IdentityOptions> options,
    TimeProvider clock
)
{
    private readonly ConcurrentDictionary<string, (string? Stamp, DateTimeOffset At)> _stamps = new();

    /// <summary>Asks at most every <see cref="ApiKeys.Fresh"/> per user.</summary>
    public async Task<bool> IsGoodAsync(ClaimsPrincipal principal, CancellationToken cancel)
    {
        if (principal.FindFirstValue(ApiKeys.Scheme) is { } key)
            return await keys.IsOpenAsync(int.Parse(key, CultureInfo.InvariantCulture), cancel);
        var id = principal.FindFirstValue(options.Value.ClaimsIdentity.UserIdClaimType);
        var stamp = principal.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
        return id is not null && stamp is not null && await StampAsync(id, cancel) == stamp;
    }

    /// <summary>A user was changed on this node: the next question goes to the database.</summary>
    public void Forget(string userId) => _stamps.TryRemove(userId, out _);

    private async Task<string?> StampAsync(string id, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_stamps.TryGetValue(id, out var known) && now - known.At < ApiKeys.Fresh)
            return known.Stamp;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var stamp = await db.Users.Where(u => u.Id == id && !u.Disabled).Select(u => u.SecurityStamp).FirstOrDefaultAsync(cancel);
        _stamps[id] = (stamp, now);
        return stamp;
    }
}

/// <summary>Asks it in the pipeline.</summary>
public static class AccessChecks
{
    /// <summary>After authentication: whoever is no longer good is nobody, and is asked to sign in rather than told it is forbidden.</summary>
    public static void UseAccessCheck(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                var access = context.RequestServices.GetRequiredService<AccessCheck>();
                if (
                    context.User.Identity is { IsAuthenticated: true }
                    && !await access.IsGoodAsync(context.User, context.RequestAborted)
                )
                    context.User = new ClaimsPrincipal(new ClaimsIdentity());
                await next();
            }
        );
}
