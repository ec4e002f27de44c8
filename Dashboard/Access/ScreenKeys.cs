using Manufactura.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Identity;

namespace Manufactura.Dashboard.Access;

/// <summary>
/// Lets a wall screen in: <c>/screen/name?key=…</c> becomes a cookie, and the key leaves the address, which a browser remembers and
/// anybody in the hall can read. Only keys of role Screen: a key that may change things has no business in an address.
/// </summary>
public static class ScreenKeys
{
    // A screen has nobody to sign it in again; revoking its key ends it.
    private static readonly TimeSpan Life = TimeSpan.FromDays(365);

    /// <summary>Adds the exchange; after authentication.</summary>
    public static void UseScreenKeys(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                var request = context.Request;
                var text = request.Query["key"].ToString();
                if (text.Length == 0 || !HttpMethods.IsGet(request.Method) || !request.Path.StartsWithSegments("/screen"))
                {
                    await next();
                    return;
                }
                var keys = context.RequestServices.GetRequiredService<ApiKeys>();
                var key = await keys.FindAsync(text, context.RequestAborted);
                // Whoever is signed in already stays who they are: they may see the screen anyway.
                if (key?.Role == nameof(Role.Screen) && context.User.Identity is not { IsAuthenticated: true })
                    await SignInAsync(context, key);
                context.Response.Redirect(request.PathBase + request.Path + WithoutKey(request));
            }
        );

    private static Task SignInAsync(HttpContext context, ApiKey key) =>
        context.SignInAsync(
            IdentityConstants.ApplicationScheme,
            ApiKeys.Principal(key, IdentityConstants.ApplicationScheme),
            new AuthenticationProperties
            {
                IsPersistent = true,
                ExpiresUtc = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + Life,
            }
        );

    private static QueryString WithoutKey(HttpRequest request) =>
        new QueryBuilder(request.Query.Where(q => q.Key != "key")).ToQueryString();
}
