using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api;
using Manufactura.Dashboard.Api.Browse;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Dashboard.Live;
using Manufactura.Dashboard.Pages;
using Manufactura.Dashboard.Pages.Layout;
using Manufactura.Dashboard.Pages.Orders;
using Manufactura.Dashboard.Pages.Shared;
using Manufactura.Domain.Access;
using Manufactura.Silo;
using Manufactura.Silo.Watching;
using Manufactura.Storage;
using Manufactura.Storage.Import;
using Manufactura.Storage.Queries;
using Npgsql;
using Radzen;

namespace Manufactura.Dashboard.Hosting;

/// <summary>Puts the host together: what it offers, and in which order a request passes through.</summary>
public static class PlantHosting
{
    /// <summary>Adds everything to the host.</summary>
    public static void AddPlant(this WebApplicationBuilder builder, PlantSettings settings, string connectionString)
    {
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls(settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ApiGroup.BodyLimitBytes;
        });
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddPlantStorage(connectionString);
        services.AddLanguages(settings);
        services.AddAccess();
        services.AddApi();
        services.AddSingleton<MetricsText>();
        services.AddHttpContextAccessor();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddSingleton<NavCounts>();
        services.AddHostedService<NavCounter>();
        services.AddSingleton<LiveState>();
        services.AddLive();
        services.AddOrderPages();
        services.AddWorkingPages();
        services.AddSingleton(s => new PlantImporter(
            s.GetRequiredService<NpgsqlDataSource>(),
            s.GetRequiredService<TimeProvider>(),
            settings.TimeZone
        ));
        services.AddSingleton<PlantExporter>();
        services.AddSingleton<PlantContents>();
        services.AddSingleton<DemoPlant>();
        if (settings.Cluster.Node == NodeKind.Client)
            builder.AddPlantClient(settings.Actors(connectionString), settings.TimeZone);
        else
            builder.AddPlantSilo(settings.Actors(connectionString), settings.TimeZone, settings.MailOptions());
    }

    /// <summary>Sets up the pipeline and the endpoints.</summary>
    public static void UsePlant(this WebApplication app)
    {
        app.Services.GetRequiredService<MetricsText>();
        app.UseSecurityHeaders();
        app.UseRequestLocalization();
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseErrorAnswers();
        app.UseSameOrigin();
        app.UseRouting();
        app.UseWrongMethodOrType();
        app.UseAuthentication();
        app.UseAccessCheck();
        app.UseScreenKeys();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseApiPage();
        app.MapStaticAssets().AllowAnonymous();
        app.MapBlazorScript();
        app.MapHealth();
        app.MapMetrics();
        app.MapPreferences();
        app.MapSignOut();
        app.MapApi();
        app.MapLive();
        app.MapClusterView("/cluster")?.Requires(Permission.Administer);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null);
    }

    /// <summary>Brings the schema forward and makes the first users; prints a made-up admin password, this once.</summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        await app.Services.PrepareDatabaseAsync();
        await app.Services.GetRequiredService<DemoPlant>().EnsureAsync(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<FirstUsers>().EnsureAsync(CancellationToken.None) is { } password)
            Console.WriteLine($"First admin: user 'admin', password '{password}'. It is not shown again.");
    }

    // Routing answers a wrong method (405) or type (415) by an endpoint of its own that has none of the call's metadata: past
    // authorization it would look like a missing sign-in, even where none is needed.
    private static void UseWrongMethodOrType(this WebApplication app) =>
        app.Use(
            (context, next) =>
                context.GetEndpoint() is { RequestDelegate: { } answer } and not RouteEndpoint ? answer(context) : next(context)
        );

    private static void UseErrorAnswers(this WebApplication app)
    {
        app.UseWhen(
            context => !Requests.IsForPrograms(context.Request),
            pages => pages.UseStatusCodePagesWithReExecute("/status/{0}")
        );
        app.UseWhen(
            context => Requests.IsForPrograms(context.Request),
            programs => programs.UseStatusCodePages(context => ProblemHandling.WriteStatusAsync(context.HttpContext))
        );
    }
}
