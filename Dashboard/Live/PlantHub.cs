using System.Globalization;
using System.Text.Json;
using Manufactura.Dashboard.Access;
using Manufactura.Domain;
using Manufactura.Domain.Access;
using Manufactura.Domain.Matrices;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Silo;
using Manufactura.Storage.Feeds;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.SignalR;

namespace Manufactura.Dashboard.Live;

/// <summary>
/// The live interface of api.md. Arguments come as JSON of any kind, so that wrong ones are answered with a sentence instead
/// of an exception.
/// </summary>
[Authorize(nameof(Permission.Read))]
public sealed class PlantHub(
    IFeed feed,
    PlantConnections connections,
    Presence presence,
    IGrainFactory grains,
    ILogger<PlantHub> logger
) : Hub
{
    /// <summary>Starts following topics; what was missed since <paramref name="afterEventId"/> comes first.</summary>
    public async Task<object> Watch(JsonElement topics, JsonElement afterEventId)
    {
        if (Texts(topics) is not { } wanted || !Array.TrueForAll(wanted, Topics.IsKnown))
            return Refused(BadTopics);
        if (connections.Find(Context.ConnectionId) is not { } screen)
            return Refused(BadTopics);
        if (screen.Watching.Union(wanted).Count() > HubScreen.MaxTopics)
            return Refused(TooManyTopics);
        long? after = afterEventId.ValueKind == JsonValueKind.Number && afterEventId.TryGetInt64(out var id) ? id : null;
        var from = await screen.WatchAsync(wanted, after, feed, Context.ConnectionAborted);
        foreach (var topic in wanted)
            if (topic.StartsWith("order:", StringComparison.Ordinal) && presence.In(topic[6..]) is { Count: > 0 } people)
                screen.Send(HubMessages.Of("Presence", topic[6..], people));
        return new { lastEventId = from };
    }

    public Task Unwatch(JsonElement topics)
    {
        if (Texts(topics) is { } left)
            connections.Find(Context.ConnectionId)?.Unwatch(left);
        return Task.CompletedTask;
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
        CellField? known = Text(field) switch
        {
            "planned" => CellField.Planned,
            "toProduce" => CellField.ToProduce,
            _ => null,
        };
        if (
            Text(order) is not { Length: <= 60 } number
            || Text(x) is not { } row
            || Text(y) is not { } column
            || known is not { } what
        )
            return Refused(BadCell);
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var quantity))
            return Refused(BadValue);
        if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var seen))
            return Refused(BadVersion);
        if (!Allows(what == CellField.Planned ? Permission.PlanOrders : Permission.EditCells))
            return Refused(NotAllowed);
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
        catch (Exception e) when (Outages.Is(e))
        {
            logger.LogWarning(e, "A cell of {Order} could not be written", number);
            return Refused(Unavailable);
        }
    }

    public Task FocusCell(JsonElement order, JsonElement x, JsonElement y)
    {
        if (
            Text(order) is { Length: <= 60 } number
            && Text(x) is { Length: <= 60 } row
            && Text(y) is { Length: <= 60 } column
            && connections.Find(Context.ConnectionId)?.Watching.Contains("order:" + number) == true
        )
            connections.Tell(number, presence.Focus(number, Context.ConnectionId, new(User, row, column)));
        return Task.CompletedTask;
    }

    public Task BlurCell(JsonElement order)
    {
        if (Text(order) is { } number && presence.Blur(number, Context.ConnectionId) is { } left)
            connections.Tell(number, left);
        return Task.CompletedTask;
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

    /// <summary>The text of an argument; null for anything else, also for half a surrogate pair and for U+0000, which no code has.</summary>
    private static string? Text(JsonElement e)
    {
        if (e.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return e.GetString() is { } text && !text.Contains('\0') ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string[]? Texts(JsonElement e)
    {
        if (e.ValueKind != JsonValueKind.Array || e.GetArrayLength() is 0 or > HubScreen.MaxTopics)
            return null;
        var texts = new string[e.GetArrayLength()];
        for (var i = 0; i < texts.Length; i++)
            if (Text(e[i]) is { } text)
                texts[i] = text;
            else
                return null;
        return texts;
    }

    private static Refusal Malformed(string es, string en) => new("validation", RefusalKind.Malformed, es, en);

    private static readonly Refusal BadTopics = Malformed(
        "Los temas deben ser una lista de textos como order:WO-0001, line:L1, alerts o plant.",
        "Topics must be a list of texts such as order:WO-0001, line:L1, alerts or plant."
    );

    private static readonly Refusal TooManyTopics = Malformed(
        string.Create(CultureInfo.InvariantCulture, $"Una conexión sigue como máximo {HubScreen.MaxTopics} temas."),
        string.Create(CultureInfo.InvariantCulture, $"One connection follows at most {HubScreen.MaxTopics} topics.")
    );

    private static readonly Refusal BadCell = Malformed(
        "Indique la orden, la celda y el campo (planned o toProduce) como textos.",
        "Give order, cell and field (planned or toProduce) as texts."
    );

    private static readonly Refusal BadValue = Malformed("El valor debe ser un número.", "The value must be a number.");

    private static readonly Refusal BadVersion = Malformed(
        "Falta la versión de la celda que se vio.",
        "The version of the cell that was seen is missing."
    );

    private static readonly Refusal NotAllowed = new(
        "forbidden",
        RefusalKind.Forbidden,
        "Su rol no permite editar esta celda.",
        "Your role may not edit this cell."
    );

    private static readonly Refusal Unavailable = new(
        "unavailable",
        RefusalKind.Conflict,
        "La base de datos no responde; lo escrito no se guardó.",
        "The database does not answer; what was typed was not saved."
    );
}
