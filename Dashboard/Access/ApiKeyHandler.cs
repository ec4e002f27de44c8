using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Manufactura.Dashboard.Access;

/// <summary>Signs in by API key: header <c>X-Api-Key</c>, <c>Authorization: Bearer mk_…</c>, or on hubs <c>?access_token=mk_…</c>.</summary>
public sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ApiKeys keys
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The header.</summary>
    public const string Header = "X-Api-Key";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var text = Request.Headers[Header].ToString();
        if (text.Length == 0)
            text = TokenIn(Request) ?? "";
        if (text.Length == 0)
            return AuthenticateResult.NoResult();
        if (await keys.FindAsync(text, Context.RequestAborted) is not { } key)
            return AuthenticateResult.Fail("The API key opens nothing.");
        return AuthenticateResult.Success(new AuthenticationTicket(ApiKeys.Principal(key, Scheme.Name), Scheme.Name));
    }

    /// <summary>
    /// The bearer token of a request. A token in the query is taken on hubs only, where a browser cannot send headers: addresses end up in logs.
    /// </summary>
    public static string? TokenIn(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return header["Bearer ".Length..].Trim();
        return request.Path.StartsWithSegments("/hubs") && request.Query["access_token"].ToString() is { Length: > 0 } token
            ? token
            : null;
    }
}
