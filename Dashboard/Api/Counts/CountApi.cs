using Manufactura.Dashboard.Access;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Domain.Access;
using Manufactura.Domain.Counts;
using Manufactura.Grains.Interfaces.Counts;
using Manufactura.Storage;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Counts;

/// <summary>Physical counts: begin, write what was counted, post the differences or give up.</summary>
public static class CountApi
{
    private sealed record BeginBody(string? Location, string? Material, bool? Blind, string? Reason);

    private sealed record LineBody(string? Lot, decimal? Counted, int? Version);

    private sealed record LinesBody(LineBody?[]? Lines);

    public static void MapCounts(this IEndpointRouteBuilder api)
    {
        var counts = api.MapGroup("/stock-counts").WithTags("Stock");
        counts
            .MapGet("", List)
            .WithSummary("Physical counts, newest first; filters status, location.")
            .Produces<Page<CountRow>>();
        counts
            .MapGet(
                "/{number}",
                async (string number, CountQueries reader, CancellationToken ct) =>
                    (await reader.FindAsync(number, ct)).OrNotFound(number)
            )
            .Produces<CountRow>();
        counts
            .MapGet("/{number}/lines", Lines)
            .WithSummary(
                "The lots of a count by material and code; uncounted=true, differing=true, lot. A blind count hides what is not counted."
            );
        counts
            .MapPost("", Begin)
            .WithSummary("Begins a count of a location, or of one material there.")
            .Requires(Permission.ManageLots)
            .Produces<CountView>(StatusCodes.Status201Created);
        counts
            .MapPost("/{number}/lines", Record)
            .WithSummary(
                "Writes what was counted, all or nothing; counted null takes it back, version makes a conflict be noticed."
            )
            .Requires(Permission.ManageLots)
            .Produces<CountView>();
        counts
            .MapPost(
                "/{number}/post",
                async (string number, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await Count(grains, number).Post(request.Context)).ToResult()
            )
            .WithSummary("Posts the differences as adjustments, in one step.")
            .Requires(Permission.ManageLots)
            .Produces<CountView>();
        counts
            .MapPost(
                "/{number}/cancel",
                async (string number, CommandRequest<NoBody> request, IGrainFactory grains) =>
                    (await Count(grains, number).Cancel(request.Context)).ToResult()
            )
            .Requires(Permission.ManageLots)
            .Produces<CountView>();
    }

    private static IStockCountGrain Count(IGrainFactory grains, string number) => grains.GetGrain<IStockCountGrain>(number);

    private static Task<IResult> List(ListQuery query, CountQueries counts, CancellationToken ct)
    {
        var (status, location, page) = (query.Words<CountStatus>("status"), query.Codes("location"), query.PageById());
        return query.Run(() => counts.ListAsync(status, location, page, ct));
    }

    private static async Task<IResult> Lines(string number, ListQuery query, CountQueries counts, CancellationToken ct)
    {
        if (await counts.FindAsync(number, ct) is not { } count)
            return ReadResults.NotFound(number);
        var filter = new CountLineFilter(query.Codes("lot"), query.Flag("uncounted") ?? false, query.Flag("differing") ?? false);
        var page = query.PageByCode(2);
        var blind = count is { Blind: true, Status: nameof(CountStatus.Open) };
        return await query.Run(async () => (await counts.LinesAsync(number, filter, page, ct)).Map(l => Line(l, blind)));
    }

    /// <summary>Who counts blind must not read off what is expected.</summary>
    private static object Line(CountLineRow l, bool blind) =>
        new
        {
            l.Lot,
            l.Material,
            l.Name,
            l.Unit,
            l.Status,
            OnHand = blind && l.Counted is null ? (decimal?)null : l.OnHand,
            l.ExpiresOn,
            l.Counted,
            l.Booked,
            l.Difference,
            l.By,
            l.At,
            l.Posted,
            l.Version,
        };

    private static async Task<IResult> Begin(CommandRequest<BeginBody> request, IGrainFactory grains, INumbers numbers)
    {
        var body = request.Body;
        if (body.Location is not { } location)
            return Bodies.Missing("location").ToProblem();
        var number = NumberKind.StockCount.Text((await numbers.NextAsync(NumberKind.StockCount, 1))[0]);
        var command = new BeginCountCommand(location, body.Material, body.Blind ?? false, body.Reason);
        var answer = await Count(grains, number).Begin(command, request.Context);
        return answer.ToCreated(c => $"/api/v1/stock-counts/{c.Number}");
    }

    private static async Task<IResult> Record(string number, CommandRequest<LinesBody> request, IGrainFactory grains)
    {
        if (request.Body.Lines is not { Length: > 0 } lines)
            return Bodies.Missing("lines").ToProblem();
        if (lines.Any(l => l?.Lot is null))
            return Bodies.Missing("lines.lot").ToProblem();
        return (
            await Count(grains, number)
                .Record([.. lines.Select(l => new CountedLot(l!.Lot!, l.Counted, l.Version))], request.Context)
        ).ToResult();
    }
}
