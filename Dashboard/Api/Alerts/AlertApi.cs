using System.Globalization;
using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain;
using Manufactura.Domain.Access;
using Manufactura.Grains;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Alerts;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Alerts;

/// <summary>A note on an alert. <paramref name="Group"/>: everything that stands for the same cause is taken with it.</summary>
public sealed record TakeBody(string? Note, bool? Group);

/// <summary>For how long an alert is put aside: minutes from now, or a moment. <paramref name="Group"/>: its whole cause.</summary>
public sealed record ShelveBody(int? Minutes, DateTimeOffset? Until, string? Note, bool? Group);

/// <summary>Alerts: take care of one or of all of its cause, put it aside, bring it back, and what they were in figures.</summary>
public static class AlertApi
{
    private const int MaxHours = 24 * 31;

    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts");
        alerts
            .MapPost("/{id}/acknowledge", Acknowledge)
            .WithSummary("Whoever manages alerts, or has the role that must act; with group the whole cause.")
            .Produces<AlertRow>();
        alerts
            .MapPost("/{id}/shelve", Shelve)
            .WithSummary("Puts an active alert aside, for minutes or until a moment, seven days at most.")
            .Produces<AlertRow>();
        alerts.MapPost("/{id}/unshelve", Unshelve).WithSummary("Brings it back before its time.").Produces<AlertRow>();
        alerts
            .MapGet("/figures", Figures)
            .WithSummary("Raised per role and hour, taken per person and hour, of the last hours (default 24).");
    }

    private static Task<IResult> Acknowledge(
        long id,
        CommandRequest<TakeBody> request,
        IGrainFactory grains,
        AlertQueries alerts,
        CurrentUser user,
        CancellationToken ct
    ) =>
        CarryOut(
            id,
            request.Body.Group is true,
            alerts,
            user,
            (key, first) => grains.GetGrain<IAlertGrain>(key).Acknowledge(request.Body.Note, Context(request.Context, first)),
            ct
        );

    private static Task<IResult> Shelve(
        long id,
        CommandRequest<ShelveBody> request,
        IGrainFactory grains,
        AlertQueries alerts,
        CurrentUser user,
        PlantClock clock,
        CancellationToken ct
    )
    {
        var body = request.Body;
        if (body.Minutes is null == body.Until is null || body.Minutes is <= 0 or > 7 * 24 * 60)
            return Task.FromResult(BadTime.ToProblem());
        var until = body.Until ?? clock.Now.AddMinutes(body.Minutes!.Value);
        return CarryOut(
            id,
            body.Group is true,
            alerts,
            user,
            (key, first) => grains.GetGrain<IAlertGrain>(key).Shelve(until, body.Note, Context(request.Context, first)),
            ct
        );
    }

    private static Task<IResult> Unshelve(
        long id,
        CommandRequest<NoBody> request,
        IGrainFactory grains,
        AlertQueries alerts,
        CurrentUser user,
        CancellationToken ct
    ) =>
        CarryOut(
            id,
            false,
            alerts,
            user,
            (key, first) => grains.GetGrain<IAlertGrain>(key).Unshelve(Context(request.Context, first)),
            ct
        );

    /// <summary>
    /// The alert that was named decides about yes and no. The others of its cause follow where they still can: what somebody else took, or
    /// what has ended meanwhile, needs nothing.
    /// </summary>
    private static async Task<IResult> CarryOut(
        long id,
        bool group,
        AlertQueries alerts,
        CurrentUser user,
        Func<string, bool, Task<Answer<AlertView>>> command,
        CancellationToken ct
    )
    {
        var key = id.ToString(CultureInfo.InvariantCulture);
        if (await alerts.FindAsync(id, ct) is not { } alert)
            return ReadResults.NotFound(key);
        if (!May(user, alert))
            return Forbidden.ToProblem();
        var answer = await command(key, true);
        if (answer.Problem is not null)
            return answer.ToResult();
        if (group)
        {
            var filter = AlertFilter.None with { Cause = [alert.Cause], State = ["active"] };
            foreach (var other in (await alerts.ListAsync(filter, new PageRequest(PageRequest.MaxLimit), ct)).Items)
                if (other.Id != id && May(user, other))
                    await command(other.Id.ToString(CultureInfo.InvariantCulture), false);
        }

        return Results.Ok(await alerts.FindAsync(id, ct));
    }

    private static Task<IResult> Figures(ListQuery query, ScreenQueries screens, CancellationToken ct)
    {
        var hours = Math.Clamp(query.Number("hours") ?? 24, 1, MaxHours);
        var from = query.Clock.Now.AddHours(-hours);
        return query.Run(async () =>
            new
            {
                From = from,
                Hours = await screens.AlertsByHourAsync(from, ct),
                People = await screens.AlertsByPersonAsync(from, ct),
                PeopleHours = await screens.AlertsTakenByHourAsync(from, ct),
            }
        );
    }

    private static bool May(CurrentUser user, AlertRow alert) =>
        user.May(Permission.ManageAlerts) || user.Roles.Any(r => r.ToString() == alert.Role);

    // One key is one answer: the others of a group are commands of their own.
    private static CommandContext Context(CommandContext context, bool first) => first ? context : new(context.Actor);

    private static readonly Refusal Forbidden = new(
        "forbidden",
        RefusalKind.Forbidden,
        "Su rol no permite atender esta alerta.",
        "Your role may not acknowledge this alert."
    );

    private static readonly Refusal BadTime = new(
        "validation",
        RefusalKind.Malformed,
        "Indique minutes (1 a 10080) o until, uno de los dos.",
        "Give minutes (1 to 10080) or until, one of the two."
    );
}
