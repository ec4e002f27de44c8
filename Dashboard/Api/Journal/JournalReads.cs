using Manufactura.Dashboard.Hosting;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Journal;

/// <summary>The journal entries of productions, and what is not in the books yet.</summary>
public static class JournalReads
{
    public static void MapJournalReads(this IEndpointRouteBuilder api)
    {
        var entries = api.MapGroup("/journal-entries").WithTags("Journal");
        entries
            .MapGet("", List)
            .WithSummary(
                "Newest first, with lines; filters reference, from, to (dates, both count); format=csv gives one row per line."
            )
            .Produces<Page<JournalRow>>();
        entries
            .MapGet("/pending", Pending)
            .WithSummary("Productions whose entry failed and was not retried, newest first; filter order.");
    }

    private static Task<IResult> List(ListQuery query, AuditQueries audit, CancellationToken ct)
    {
        var (reference, from, to) = (query.Codes("reference"), query.Date("from"), query.Date("to"));
        if (query.IsCsv())
            return query.RunCsv(() => CsvAsync(page => audit.JournalAsync(reference, from, to, page, ct)));
        var page = query.PageById();
        return query.Run(() => audit.JournalAsync(reference, from, to, page, ct));
    }

    private static async Task<IResult> CsvAsync(Func<PageRequest, Task<Page<JournalRow>>> read)
    {
        var csv = new CsvAnswer("number", "date", "description", "reference", "account", "accountName", "debit", "credit");
        await foreach (var entry in CsvAnswer.AllAsync(read))
        foreach (var line in entry.Lines)
            csv.Add(
                entry.Number,
                entry.Date,
                entry.Description,
                entry.Reference,
                line.Account,
                line.AccountName,
                line.Debit,
                line.Credit
            );
        return csv.ToResult("asientos");
    }

    private static Task<IResult> Pending(ListQuery query, BookQueries books, CancellationToken ct)
    {
        var (order, page) = (query.Text("order"), query.PageById());
        var english = Languages.Current == "en";
        return query.Run(async () =>
            (await books.UnbookedAsync(order, page, ct)).Map(u => new
            {
                u.Order,
                u.Production,
                u.Material,
                u.Name,
                u.Quantity,
                u.Unit,
                Reason = english ? u.ReasonEn : u.ReasonEs,
                u.ProducedAt,
                u.Since,
                Alert = u.Id,
            })
        );
    }
}
