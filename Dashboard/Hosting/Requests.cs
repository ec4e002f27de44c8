using Microsoft.Net.Http.Headers;

namespace Manufactura.Dashboard.Hosting;

/// <summary>What kind of request it is.</summary>
public static class Requests
{
    private static readonly PathString[] Programs =
    [
        "/api",
        "/hubs",
        "/openapi",
        "/metrics",
        "/health",
        "/_blazor",
        "/_framework",
    ];

    /// <summary>Asked by a program, which wants a status and problem+json instead of a page.</summary>
    public static bool IsForPrograms(HttpRequest request) => IsForPrograms(request.Path);

    /// <summary>The same by the path alone.</summary>
    public static bool IsForPrograms(PathString path) =>
        !IsApiPage(path) && Programs.Any(program => path.StartsWithSegments(program));

    private static bool IsApiPage(PathString path) =>
        path.Value?.TrimEnd('/') == "/api" || path.StartsWithSegments("/api/index.html");

    /// <summary>Whether a path leads to this site and nowhere else, so that a sign-in may return to it.</summary>
    public static bool IsLocal(string? url) =>
        url is ['/', ..] && (url.Length == 1 || (url[1] is not ('/' or '\\') && !url.Any(char.IsControl)));

    /// <summary>
    /// Refuses what another site sends in the name of a signed-in browser: a changing request, or a WebSocket, whose Origin is not this
    /// host. SameSite cookies leave a gap for other ports and subdomains of the same site, and for WebSockets nobody else looks.
    /// </summary>
    public static void UseSameOrigin(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                var request = context.Request;
                var changes =
                    !HttpMethods.IsGet(request.Method)
                    && !HttpMethods.IsHead(request.Method)
                    && !HttpMethods.IsOptions(request.Method);
                var byCookie = request.Cookies.Count > 0 && !request.Headers.ContainsKey(HeaderNames.Authorization);
                if (
                    byCookie
                    && (changes || context.WebSockets.IsWebSocketRequest || request.Headers.Upgrade.Count > 0)
                    && IsForeign(request)
                )
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                else
                    await next();
            }
        );

    private static bool IsForeign(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0 && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || !Same(from, request.Host));
    }

    private static bool Same(Uri from, HostString here) =>
        string.Equals(from.Host, here.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
            && (here.Port is null ? from.IsDefaultPort : from.Port == here.Port)
        || string.Equals(from.Authority, here.Value, StringComparison.OrdinalIgnoreCase);
}
