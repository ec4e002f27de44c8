using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Journal;

/// <summary>The journal entries of productions.</summary>
public static class JournalReads
{
    public static void MapJournalReads(this IEndpointRouteBuilder api) =>
        api.MapGet("/journal-entries", List)
            .WithTags("Journal")
            .WithSummary("Newest first, with lines; filters reference, from, to (dates, both count).")
            .Produces<Page<JournalRow>>();

    private static Task<IResult> List(ListQuery query, AuditQueries audit, CancellationToken ct)
    {
        var (reference, from, to, page) = (query.Codes("reference"), query.Date("from"), query.Date("to"), query.PageById());
        return query.Run(() => audit.JournalAsync(reference, from, to, page, ct));
    }
}
