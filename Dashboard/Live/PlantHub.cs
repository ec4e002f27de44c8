using System.Text.Json;
using Manufactura.Dashboard.Access;
using Manufactura.Domain;
using Manufactura.Domain.Access;
using Manufactura.Domain.Matrices;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.SignalR;

namespace Manufactura.Dashboard.Live;

/// <summary>
/// The live interface of api.md. Arguments come as JSON of any kind, so that wrong ones are answered with a sentence instead
/// of an exception.
/// </summary>
[Authorize(nameof(Permission.Read))]
public sealed class PlantHub(PlantConnections connections, Presence presence, IGrainFactory grains, ILogger<PlantHub> logger)
    : Hub
{
    /// <summary>Starts following topics; what was missed since <paramref name="afterEventId"/> comes first.</summary>
    public async Task<object> Watch(JsonElement topics, JsonElement afterEventId)
    {
        if (HubArguments.Texts(topics) is not { Length: > 0 } texts || !Array.TrueForAll(texts, Topics.IsKnown))
            return Refused(HubRefusals.Topics);
        if (!HubArguments.TryEventId(afterEventId, out var after))
            return Refused(HubRefusals.EventId);
        if (connections.Find(Context.ConnectionId) is not { } screen || screen.CountWith(texts) > HubScreen.MaxTopics)
            return Refused(HubRefusals.TooManyTopics);
        try
        {
            var from = await screen.WatchAsync(texts.ToHashSet(StringComparer.Ordinal), after, Context.ConnectionAborted);
            foreach (var topic in texts)
                if (
                    topic.StartsWith(Topics.Order, StringComparison.Ordinal)
                    && presence.In(topic[Topics.Order.Length..]) is { Count: > 0 } people
                )
                    screen.Send(HubMessages.Of("Presence", topic[Topics.Order.Length..], people));
            return new { lastEventId = from };
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "What a client missed could not be read; it was told to read again");
            return Refused(HubRefusals.Unreadable);
        }
    }

    /// <summary>Ends following topics, and being in the cells of their orders.</summary>
    public object? Unwatch(JsonElement topics)
    {
        if (HubArguments.Texts(topics) is not { } left)
            return Refused(HubRefusals.Topics);
        connections.Find(Context.ConnectionId)?.Unwatch(left);
        foreach (var topic in left)
            if (topic.StartsWith(Topics.Order, StringComparison.Ordinal))
                presence.Blur(topic[Topics.Order.Length..], Context.ConnectionId);
        return null;
    }

    /// <summary>Sets one field (<c>planned</c> or <c>toProduce</c>) of one cell: <c>{cell}</c>, <c>{conflict}</c> or <c>{problem}</c>.</summary>
    public async Task<object> EditCell(
        JsonElement order,
        JsonElement x,
        JsonElement y,
        JsonElement field,
        JsonElement value,
        JsonElement version
    )
    {
        CellField? known = HubArguments.Text(field) switch
        {
            "planned" => CellField.Planned,
            "toProduce" => CellField.ToProduce,
            _ => null,
        };
        if (
            HubArguments.Code(order) is not { } number
            || HubArguments.Text(x) is not { } row
            || HubArguments.Text(y) is not { } column
            || known is not { } what
        )
            return Refused(HubRefusals.Cell);
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var quantity))
            return Refused(HubRefusals.Value);
        if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var seen))
            return Refused(HubRefusals.Version);
        if (!Allows(what == CellField.Planned ? Permission.PlanOrders : Permission.EditCells))
            return Refused(HubRefusals.NotAllowed);
        try
        {
            var answer = await grains
                .GetGrain<IProductionOrderGrain>(number)
                .EditCells(new([new CellChange(row, column, what, quantity, seen)]), new CommandContext(User));
            return answer switch
            {
                { Value: { } matrix } => new { cell = matrix.Cells.Single() },
                { Problem: { Code: "cell-conflict" } problem } => new
                {
                    conflict = problem.Detail<JsonElement[]>("conflicts")![0],
                },
                _ => new { problem = Shape(answer.Problem!) },
            };
        }
        catch (Exception e)
        {
            // The database or the node that has the order: whoever sends it again with the same version writes it once at most.
            logger.LogWarning(e, "A cell of {Order} could not be written", number);
            return Refused(HubRefusals.Unavailable);
        }
    }

    /// <summary>Shows the others in which cell somebody is; only where the order is watched.</summary>
    public object? FocusCell(JsonElement order, JsonElement x, JsonElement y)
    {
        if (
            HubArguments.Code(order) is not { } number
            || HubArguments.Code(x) is not { } row
            || HubArguments.Code(y) is not { } column
        )
            return Refused(HubRefusals.Place);
        if (connections.Find(Context.ConnectionId)?.Watches(Topics.Order + number) != true)
            return Refused(HubRefusals.NotWatched);
        presence.Focus(number, Context.ConnectionId, new(User, row, column));
        return null;
    }

    /// <summary>Leaves the order's cells.</summary>
    public object? BlurCell(JsonElement order)
    {
        if (HubArguments.Code(order) is not { } number)
            return Refused(HubRefusals.Place);
        presence.Blur(number, Context.ConnectionId);
        return null;
    }

    private string User => Context.User?.Identity?.Name ?? "?";

    private bool Allows(Permission permission) => Context.User is { } user && Permissions.Allows(user.PlantRoles(), permission);

    private object Refused(Refusal refusal) => new { problem = Shape(Problem.Of(refusal)) };

    private object Shape(Problem problem)
    {
        var english = Context.GetHttpContext() is { } http && SpeaksEnglish(http);
        return new
        {
            code = problem.Code,
            title = english ? problem.En : problem.Es,
            status = (int)problem.Kind,
        };
    }

    // A page speaks what its person chose, whatever the browser wishes for; programs say what they want to read.
    private static bool SpeaksEnglish(HttpContext http) =>
        http.Request.Cookies.Count > 0
            ? http.Features.Get<IRequestCultureFeature>()?.RequestCulture.UICulture.TwoLetterISOLanguageName == "en"
            : http.Request.GetTypedHeaders().AcceptLanguage is { Count: > 0 } languages
                && languages
                    .OrderByDescending(l => l.Quality ?? 1)
                    .First()
                    .Value.StartsWith("en", StringComparison.OrdinalIgnoreCase);
}
