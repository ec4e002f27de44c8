using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Manufactura.Dashboard.Hosting;

/// <summary>
/// The two languages. Pages speak what the person chose (a cookie), else the plant's; a browser's wish counts only in the API, whose
/// callers say it on purpose.
/// </summary>
public static class Languages
{
    /// <summary>Both, the first being what is not said otherwise.</summary>
    public static readonly string[] All = ["es", "en"];

    /// <summary>Two-letter name of the language of this request or circuit.</summary>
    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>Adds texts and the choice of language.</summary>
    public static void AddLanguages(this IServiceCollection services, PlantSettings settings)
    {
        services.AddLocalization();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(settings.Language).AddSupportedCultures(All).AddSupportedUICultures(All);
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context =>
                    (IsApi(context) ? Wish : Choice).DetermineProviderCultureResult(context)
                ),
            ];
        });
    }

    private static readonly RequestCultureProvider Wish = new AcceptLanguageHeaderRequestCultureProvider();
    private static readonly RequestCultureProvider Choice = new CookieRequestCultureProvider();

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api/v1");
}
