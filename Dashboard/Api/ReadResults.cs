using Manufactura.Dashboard.Api.Checks;
using Manufactura.Dashboard.Api.Events;
using Manufactura.Dashboard.Api.Journal;
using Manufactura.Dashboard.Api.Lots;
using Manufactura.Dashboard.Api.Orders.Reads;
using Manufactura.Dashboard.Api.Problems;
using Manufactura.Dashboard.Api.Reports;
using Manufactura.Dashboard.Api.Stock;
using Manufactura.Domain;

namespace Manufactura.Dashboard.Api;

/// <summary>All calls that only read.</summary>
public static class Reads
{
    public static void MapReads(this IEndpointRouteBuilder api)
    {
        api.MapOrderReads();
        api.MapLotReads();
        api.MapStockReads();
        api.MapJournalReads();
        api.MapEventReads();
        api.MapCheckReads();
        api.MapReportReads();
    }
}

/// <summary>What reading calls answer.</summary>
internal static class ReadResults
{
    /// <summary>The value, or 404 where there is none.</summary>
    public static IResult OrNotFound<T>(this T? value, string code)
        where T : class => value is null ? NotFound(code) : Results.Ok(value);

    public static IResult NotFound(string code) =>
        new Refusal("not-found", RefusalKind.NotFound, $"No existe {code}.", $"{code} does not exist.").ToProblem();

    /// <summary>Runs the query unless a filter was refused.</summary>
    public static async Task<IResult> Run<T>(this ListQuery query, Func<Task<T>> read)
        where T : class => query.Refusal is { } refusal ? refusal.ToProblem() : Results.Ok(await read());
}
