using System.Globalization;
using System.Text.Json;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Events;

/// <summary>
/// An event as CloudEvents 1.0 JSON. <c>Actor</c> and <c>Plantversion</c> (of what the event is about) are extension attributes, which
/// may have lower-case names only.
/// </summary>
public sealed record CloudEvent(
    string Specversion,
    string Id,
    string Source,
    string Type,
    string Subject,
    DateTimeOffset Time,
    string Datacontenttype,
    JsonElement Data,
    string Actor,
    int? Plantversion
)
{
    public static CloudEvent Of(EventRow e) =>
        new(
            "1.0",
            e.Id.ToString(CultureInfo.InvariantCulture),
            "/manufactura/plant",
            e.Type,
            e.Subject,
            e.At,
            "application/json",
            e.Data,
            e.Actor,
            e.Version
        );
}

/// <summary>The audit.</summary>
public static class EventReads
{
    public static void MapEventReads(this IEndpointRouteBuilder api) =>
        api.MapGet("/events", List)
            .WithTags("Events")
            .WithSummary("The audit in commit order, id rising, behind after={id}; filters subject, type.")
            .Produces<Page<CloudEvent>>();

    private static Task<IResult> List(ListQuery query, AuditQueries audit, CancellationToken ct)
    {
        var (after, subject, type) = (query.Number("after") ?? 0, query.Codes("subject"), query.Codes("type"));
        var page = query.PageById();
        return query.Run(async () =>
            (await audit.ListAsync(page.After?.Id ?? after, subject, type, page.Limit, ct)).Map(CloudEvent.Of)
        );
    }
}
