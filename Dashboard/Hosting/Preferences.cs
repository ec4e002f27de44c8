using Microsoft.AspNetCore.Localization;

namespace Manufactura.Dashboard.Hosting;

/// <summary>A person's language and theme, kept in cookies so that they hold before sign-in too.</summary>
public static class Preferences
{
    private const string ThemeCookie = "manufactura.theme";
    private static readonly string[] Themes = ["auto", "light", "dark"];

    /// <summary>The chosen theme: <c>auto</c> (as the device), <c>light</c> or <c>dark</c>.</summary>
    public static string Theme(HttpContext? context) =>
        context?.Request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme) ? theme : "auto";

    /// <summary><c>GET /preferences?language=&amp;theme=&amp;returnUrl=</c> keeps what is given and goes back. Open to all: it changes nothing else.</summary>
    public static void MapPreferences(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet(
                "/preferences",
                (HttpContext context, string? language, string? theme, string? returnUrl) =>
                {
                    if (Languages.All.Contains(language))
                        Keep(
                            context,
                            CookieRequestCultureProvider.DefaultCookieName,
                            CookieRequestCultureProvider.MakeCookieValue(new(language!))
                        );
                    if (Themes.Contains(theme))
                        Keep(context, ThemeCookie, theme!);
                    return Results.LocalRedirect(Requests.IsLocal(returnUrl) ? returnUrl! : "/");
                }
            )
            .AllowAnonymous()
            .ExcludeFromDescription();

    private static void Keep(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(
            name,
            value,
            new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                IsEssential = true,
                HttpOnly = true,
                Secure = context.Request.IsHttps,
            }
        );
}
