using Manufactura.Dashboard.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Manufactura.Dashboard.Access;

/// <summary>Ends a session.</summary>
public static class SignOut
{
    /// <summary><c>POST /logout</c> from a form, with its antiforgery token.</summary>
    public static void MapSignOut(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost(
                "/logout",
                async (HttpContext context, [FromForm] string? returnUrl) =>
                {
                    await context.SignOutAsync(IdentityConstants.ApplicationScheme);
                    return Results.LocalRedirect(Requests.IsLocal(returnUrl) ? returnUrl! : "/login");
                }
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
}
