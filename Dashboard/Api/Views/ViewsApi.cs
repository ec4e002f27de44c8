using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain;
using Manufactura.Domain.Access;
using Manufactura.Grains.Interfaces.Screens;

namespace Manufactura.Dashboard.Api.Views;

/// <summary>The caller's saved filters of lists; everybody has their own.</summary>
public static class ViewsApi
{
    private sealed record ViewBody(string? Query);

    public static void MapViews(this IEndpointRouteBuilder api)
    {
        // A wall screen only reads, and keeps nothing of its own.
        var views = api.MapGroup("/saved-views")
            .WithTags("Views")
            .AddEndpointFilter(
                async (call, next) =>
                    call.HttpContext.Request.Method == HttpMethods.Get
                    || CurrentUser.From(call.HttpContext.User).Roles.Any(r => r != Role.Screen)
                        ? await next(call)
                        : ReadsOnly.ToProblem()
            );
        views
            .MapGet("", async (IGrainFactory grains, CurrentUser user) => Results.Ok(await Of(grains, user).List()))
            .WithSummary("Saved filters, by page and name.")
            .Produces<SavedViews>();
        views
            .MapPut(
                "/{page}/{name}",
                async (string page, string name, CommandRequest<ViewBody> request, IGrainFactory grains, CurrentUser user) =>
                    request.Body.Query is { } query
                        ? (await Of(grains, user).Save(new(page, name, query))).ToResult()
                        : Bodies.Missing("query").ToProblem()
            )
            .WithSummary("Saves the filters of a page under a name, in place of what had it.")
            .Produces<SavedViews>();
        views
            .MapDelete(
                "/{page}/{name}",
                async (string page, string name, IGrainFactory grains, CurrentUser user) =>
                    (await Of(grains, user).Remove(page, name)) is { Problem: not null } refused
                        ? refused.ToResult()
                        : Results.NoContent()
            )
            .Produces(StatusCodes.Status204NoContent);
    }

    private static readonly Refusal ReadsOnly = new(
        "forbidden",
        RefusalKind.Forbidden,
        "Una pantalla solo lee.",
        "A screen only reads."
    );

    private static IViewsGrain Of(IGrainFactory grains, CurrentUser user) => grains.GetGrain<IViewsGrain>(user.Name);
}
