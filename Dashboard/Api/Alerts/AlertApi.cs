using System.Globalization;
using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain;
using Manufactura.Domain.Access;
using Manufactura.Domain.Alerts;
using Manufactura.Grains.Interfaces.Alerts;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Alerts;

/// <summary>Alerts: list, and take care of one.</summary>
public static class AlertApi
{
    private sealed record NoteBody(string? Note);

    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts");
        alerts
            .MapPost("/{id}/acknowledge", Acknowledge)
            .WithSummary("Whoever manages alerts, or has the role that must act.")
            .Produces<AlertRow>();
    }

    private static async Task<IResult> Acknowledge(
        long id,
        CommandRequest<NoteBody> request,
        IGrainFactory grains,
        AlertQueries alerts,
        CurrentUser user,
        CancellationToken ct
    )
    {
        var key = id.ToString(CultureInfo.InvariantCulture);
        if (await alerts.FindAsync(id, ct) is not { } alert)
            return ReadResults.NotFound(key);
        if (!user.May(Permission.ManageAlerts) && !user.Roles.Any(r => r.ToString() == alert.Role))
            return new Refusal(
                "forbidden",
                RefusalKind.Forbidden,
                "Su rol no permite atender esta alerta.",
                "Your role may not acknowledge this alert."
            ).ToProblem();
        var answer = await grains.GetGrain<IAlertGrain>(key).Acknowledge(request.Body.Note, request.Context);
        return answer.Problem is null ? Results.Ok(await alerts.FindAsync(id, ct)) : answer.ToResult();
    }

    private static IEnumerable<string> Words<TEnum>()
        where TEnum : struct, Enum => Enum.GetValues<TEnum>().Select(Grains.Interfaces.MessageJson.Name);
}
