using Manufactura.Dashboard.Access;
using Manufactura.Domain.Access;
using Manufactura.Grains;
using Manufactura.Grains.Interfaces.Plant;

namespace Manufactura.Dashboard.Api.Admin;

/// <summary>The expiry pass by hand, for tests and for a clock that was wrong.</summary>
public static class ExpiryApi
{
    public static void MapExpiry(this IEndpointRouteBuilder api) =>
        api.MapPost(
                "/admin/expire",
                async (DateOnly? date, IGrainFactory grains, PlantClock clock) =>
                    Results.Ok(await grains.GetGrain<IRoundsGrain>(IRoundsGrain.Key).Expire(date ?? clock.Today))
            )
            .Requires(Permission.Administer)
            .WithTags("Admin")
            .WithSummary("Runs the expiry pass of a day, today by default.")
            .Produces<ExpiryReport>();
}
