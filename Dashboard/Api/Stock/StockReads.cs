using Manufactura.Domain.Lots;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Stock;

/// <summary>What is in stock, and what moved.</summary>
public static class StockReads
{
    private static readonly string[] Types = [.. Enum.GetValues<MovementType>().Select(t => t.Word())];

    public static void MapStockReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/stock", Stock)
            .WithTags("Stock")
            .WithSummary(
                "By material and location; filters material, location; byLot=true by lot; at=2026-11-20 as it stood at the end of that day."
            )
            .Produces<Page<StockRow>>();
        api.MapGet("/movements", Movements)
            .WithTags("Stock")
            .WithSummary(
                "Newest first; filters order (with its partial orders), reference, material, lot, location, type, from, to; withdrawn=true shows withdrawn ones too."
            )
            .Produces<Page<MovementRow>>();
    }

    private static Task<IResult> Stock(ListQuery query, StockQueries stock, CancellationToken ct)
    {
        var (material, location) = (query.Codes("material"), query.Codes("location"));
        var byLot = query.Flag("byLot") ?? false;
        var at = query.Before("at");
        var page = query.PageByCode(byLot ? 3 : 2);
        return query.Run(async () =>
        {
            var rows = at is { } before
                ? await stock.StockAtAsync(
                    material,
                    location,
                    byLot,
                    query.Clock.DateOf(before.AddMicroseconds(-1)),
                    before,
                    page,
                    ct
                )
                : await stock.StockAsync(material, location, byLot, query.Clock.Today, page, ct);
            return byLot ? rows.Map<object>(r => r) : rows.Map<object>(r => Total(r));
        });
    }

    /// <summary>The shape without a lot: a total has no lot and no expiry.</summary>
    private static object Total(StockRow r) =>
        new
        {
            r.Material,
            r.Location,
            r.OnHand,
            r.Reserved,
            r.Available,
            r.Name,
            r.Unit,
            r.MinStock,
        };

    private static Task<IResult> Movements(ListQuery query, StockQueries stock, CancellationToken ct)
    {
        var filter = new MovementFilter(
            query.Codes("reference"),
            query.Codes("material"),
            query.Codes("lot"),
            query.Codes("location"),
            query.Words("type", Types),
            query.From(),
            query.Before(),
            query.Flag("withdrawn") ?? false,
            query.Text("order")
        );
        var page = query.PageById();
        return query.Run(() => stock.MovementsAsync(filter, page, ct));
    }
}
