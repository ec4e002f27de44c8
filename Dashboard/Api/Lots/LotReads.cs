using Manufactura.Domain.Lots;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Lots;

/// <summary>Lots and their genealogy.</summary>
public static class LotReads
{
    public static void MapLotReads(this IEndpointRouteBuilder api)
    {
        var lots = api.MapGroup("/lots").WithTags("Lots");
        lots.MapGet("", List)
            .WithSummary("By code; filters material, status, location, expiresBefore, q.")
            .Produces<Page<LotRow>>();
        lots.MapGet(
                "/{code}",
                async (string code, LotQueries reader, CancellationToken ct) =>
                    (await reader.FindAsync(code, ct)).OrNotFound(code)
            )
            .WithSummary("One lot with its inspections.")
            .Produces<LotRow>();
        lots.MapGet("/{code}/trace", Trace)
            .WithSummary(
                "Genealogy to any depth: direction=back (what it was made of, default) or forward (what was made of it)."
            )
            .Produces<Trace>();
    }

    private static Task<IResult> List(ListQuery query, LotQueries lots, CancellationToken ct)
    {
        var filter = new LotFilter(
            query.Codes("material"),
            query.Words<LotStatus>("status"),
            query.Codes("location"),
            query.Date("expiresBefore"),
            query.Text("q")
        );
        var page = query.PageByCode();
        return query.Run(() => lots.ListAsync(filter, page, ct));
    }

    private static async Task<IResult> Trace(string code, ListQuery query, LotQueries lots, CancellationToken ct)
    {
        var direction = query.Words("direction", "back", "forward");
        if (query.Refusal is not null)
            return await query.Run(() => Task.FromResult(""));
        return (await lots.TraceAsync(code, direction is ["forward", ..], ct)).OrNotFound(code);
    }
}
