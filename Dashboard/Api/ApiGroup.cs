using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Admin;
using Manufactura.Dashboard.Api.Alerts;
using Manufactura.Dashboard.Api.Auth;
using Manufactura.Dashboard.Api.Browse;
using Manufactura.Dashboard.Api.Counts;
using Manufactura.Dashboard.Api.Import;
using Manufactura.Dashboard.Api.Journal;
using Manufactura.Dashboard.Api.Json;
using Manufactura.Dashboard.Api.Lines;
using Manufactura.Dashboard.Api.Lots;
using Manufactura.Dashboard.Api.MasterData;
using Manufactura.Dashboard.Api.Orders;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Dashboard.Api.Requisitions;
using Manufactura.Dashboard.Api.Sales;
using Manufactura.Dashboard.Api.Screens;
using Manufactura.Dashboard.Api.Views;
using Manufactura.Dashboard.Pages.Lines;
using Manufactura.Domain.Access;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api;

/// <summary>The interface that other programs use, under <c>/api/v1</c>: one <c>Map…</c> per aggregate.</summary>
public static class ApiGroup
{
    /// <summary>Largest body of an ordinary call, in bytes.</summary>
    public const long BodyLimitBytes = 2 * 1024 * 1024;

    /// <summary>Largest body of an import, in bytes: put <c>[RequestSizeLimit(ApiGroup.ImportLimitBytes)]</c> on its handler.</summary>
    public const long ImportLimitBytes = 25 * 1024 * 1024;

    /// <summary>JSON, problems, description.</summary>
    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => PlantJson.Apply(json.SerializerOptions));
        // Also outside Development: the handler below says what is wrong with a body instead of a bare 400.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ProblemHandling>();
        services.AddPlantOpenApi();
        services.AddPlantQueries();
        services.AddSingleton<LineChoice>();
        services.AddSingleton<LineDesk>();
        services.AddScreens();
    }

    /// <summary>Maps all of it.</summary>
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").Requires(Permission.Read);
        api.MapAuth();
        api.MapReads();
        api.MapMasterData();
        api.MapApiKeys();
        api.MapOrderCommands();
        api.MapLotCommands();
        api.MapSales();
        api.MapRequisitions();
        api.MapJournal();
        api.MapCounts();
        api.MapAlerts();
        api.MapExpiry();
        api.MapLines();
        api.MapImport();
        api.MapScreens();
        api.MapViews();
        routes.MapScreenPage();
        routes.MapPlantOpenApi();
    }
}
