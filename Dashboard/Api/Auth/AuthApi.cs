using System.Globalization;
using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain;
using Manufactura.Domain.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Manufactura.Dashboard.Api.Auth;

/// <summary>User and password.</summary>
public sealed record LoginRequest(string? User, string? Password);

/// <summary>A token for <c>Authorization: Bearer</c>, good for <paramref name="ExpiresIn"/> seconds.</summary>
public sealed record LoginAnswer(string AccessToken, int ExpiresIn, IReadOnlyList<Role> Roles);

/// <summary>Sign-in of programs.</summary>
public static class AuthApi
{
    internal static void MapAuth(this IEndpointRouteBuilder api) =>
        api.MapPost("/auth/login", LoginAsync)
            .AllowAnonymous()
            .WithTags("auth")
            .WithSummary("Answers a bearer token for user and password.")
            .Produces<LoginAnswer>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> LoginAsync(
        LoginRequest request,
        HttpContext context,
        SignIn signIn,
        IOptionsMonitor<BearerTokenOptions> options,
        TimeProvider clock
    )
    {
        if (request.User is not { Length: > 0 } || request.Password is not { Length: > 0 })
            return Missing(request.User is not { Length: > 0 } ? "user" : "password").ToProblem();
        switch (await signIn.CheckAsync(request.User, request.Password, context.Connection.RemoteIpAddress))
        {
            case SignInAnswer.Throttled throttled:
                context.Response.Headers.RetryAfter = throttled.Seconds.ToString(CultureInfo.InvariantCulture);
                return Results.StatusCode(StatusCodes.Status429TooManyRequests);
            case SignInAnswer.Accepted accepted:
                var bearer = options.Get(IdentityConstants.BearerScheme);
                var life = bearer.BearerTokenExpiration;
                var ticket = new AuthenticationTicket(
                    accepted.Principal,
                    new AuthenticationProperties { ExpiresUtc = clock.GetUtcNow() + life },
                    $"{IdentityConstants.BearerScheme}:AccessToken"
                );
                context.Response.Headers.CacheControl = "no-store";
                return Results.Ok(
                    new LoginAnswer(
                        bearer.BearerTokenProtector.Protect(ticket),
                        (int)life.TotalSeconds,
                        accepted.Principal.PlantRoles()
                    )
                );
            default:
                return Wrong.ToProblem(StatusCodes.Status401Unauthorized);
        }
    }

    private static readonly Refusal Wrong = new(
        "wrong-credentials",
        RefusalKind.Malformed,
        "El usuario o la contraseña no son correctos.",
        "The user or the password is not right."
    );

    private static Refusal Missing(string field) =>
        new Refusal(
            "validation",
            RefusalKind.Malformed,
            $"El campo {field} es obligatorio.",
            $"The field {field} is required."
        ).With("field", field);
}
