using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Manufactura.Dashboard.Access;

/// <summary>Wires users, roles, the three ways to sign in, and the policies.</summary>
public static class AccessHosting
{
    private const string AnyScheme = "Manufactura";

    /// <summary>How long a bearer token is good: one long shift.</summary>
    public static readonly TimeSpan TokenLife = TimeSpan.FromHours(12);

    /// <summary>Adds access control. Needs an <see cref="NpgsqlDataSource"/> and a <see cref="TimeProvider"/>.</summary>
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddDbContextFactory<AccessDb>((provider, db) => db.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services
            .AddIdentityCore<PlantUser>(identity => identity.Stores.MaxLengthForKeys = 128)
            .AddRoles<IdentityRole>()
            .AddEntityFrameworkStores<AccessDb>()
            .AddErrorDescriber<IdentityTexts>()
            .AddClaimsPrincipalFactory<PrincipalFactory>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<AccessCheck>();
        services.AddScoped<SignIn>();
        services.AddScoped<UserAdmin>();
        services.AddScoped<FirstUsers>();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, CircuitAccess>();
        AddSchemes(services);
        services.AddAuthorizationBuilder().AddPolicies();
        services.AddDataProtection().SetApplicationName("Manufactura");
        services.AddSingleton<ProtectionKeyStore>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = provider.GetRequiredService<ProtectionKeyStore>()
        ));
    }

    private static void AddSchemes(IServiceCollection services)
    {
        services
            .AddAuthentication(AnyScheme)
            .AddPolicyScheme(AnyScheme, null, policy => policy.ForwardDefaultSelector = context => Pick(context.Request))
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeys.Scheme, null)
            .AddBearerToken(
                IdentityConstants.BearerScheme,
                bearer =>
                {
                    bearer.BearerTokenExpiration = TokenLife;
                    bearer.Events.OnMessageReceived = context =>
                    {
                        context.Token = ApiKeyHandler.TokenIn(context.Request);
                        return Task.CompletedTask;
                    };
                }
            )
            .AddCookie(
                IdentityConstants.ApplicationScheme,
                cookie =>
                {
                    cookie.Cookie.Name = "manufactura";
                    cookie.Cookie.HttpOnly = true;
                    cookie.Cookie.SameSite = SameSiteMode.Lax;
                    cookie.ExpireTimeSpan = TokenLife;
                    cookie.SlidingExpiration = true;
                    cookie.LoginPath = "/login";
                    cookie.ReturnUrlParameter = "returnUrl";
                    cookie.Events.OnRedirectToLogin = context => RedirectPeople(context, StatusCodes.Status401Unauthorized);
                    // A page that may not be seen says so in its place; nothing is gained by another address.
                    cookie.Events.OnRedirectToAccessDenied = context =>
                    {
                        context.Response.StatusCode = StatusCodes.Status403Forbidden;
                        return Task.CompletedTask;
                    };
                }
            );
    }

    /// <summary>The proof that a request carries decides the scheme: key, then token, then cookie.</summary>
    private static string Pick(HttpRequest request)
    {
        if (request.Headers.ContainsKey(ApiKeyHandler.Header))
            return ApiKeys.Scheme;
        return ApiKeyHandler.TokenIn(request) switch
        {
            null => IdentityConstants.ApplicationScheme,
            { } token when token.StartsWith(ApiKeys.Mark, StringComparison.Ordinal) => ApiKeys.Scheme,
            _ => IdentityConstants.BearerScheme,
        };
    }

    private static Task RedirectPeople(
        RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions> context,
        int status
    )
    {
        if (Hosting.Requests.IsForPrograms(context.Request))
            context.Response.StatusCode = status;
        else
            context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }
}
