using Manufactura.Dashboard.Hosting;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Reports;

/// <summary>Reports, sales orders and requisitions as lists.</summary>
public static class ReportReads
{
    private static readonly string[] SalesStates = ["Pending", "Confirmed", "Done", "Cancelled"];
    private static readonly string[] RequisitionStates = ["AwaitingApproval", "Open", "Confirmed", "Received", "Cancelled"];

    public static void MapReportReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/reports", () => new { Items = ReportQueries.All.Select(r => new { r.Name, Title = Title(r) }) })
            .WithTags("Reports")
            .WithSummary("The reports there are.");
        api.MapGet("/reports/{name}", Report).WithTags("Reports").WithSummary("One report; from and to bound it.");
        api.MapGet("/sales-orders", SalesOrders)
            .WithTags("Sales")
            .WithSummary("Newest first; filters status, customer, material, ids.")
            .Produces<Page<SalesOrderRow>>();
        api.MapGet(
                "/sales-orders/{number}",
                async (string number, SalesQueries sales, CancellationToken ct) =>
                    (await sales.SalesOrderAsync(number, ct)).OrNotFound(number)
            )
            .WithTags("Sales")
            .WithSummary("One sales order.")
            .Produces<SalesOrderRow>();
        api.MapGet("/requisitions", Requisitions)
            .WithTags("Requisitions")
            .WithSummary("Newest first; filters status, supplier, salesOrder, material, ids.")
            .Produces<Page<RequisitionRow>>();
        api.MapGet(
                "/requisitions/{number}",
                async (string number, SalesQueries sales, CancellationToken ct) =>
                    (await sales.RequisitionAsync(number, ct)).OrNotFound(number)
            )
            .WithTags("Requisitions")
            .WithSummary("One requisition.")
            .Produces<RequisitionRow>();
    }

    private static string Title(ReportInfo report) => Languages.Current == "en" ? report.TitleEn : report.TitleEs;

    private static async Task<IResult> Report(string name, ListQuery query, ReportQueries reports, CancellationToken ct)
    {
        if (ReportQueries.All.FirstOrDefault(r => r.Name == name) is not { } report)
            return ReadResults.NotFound(name);
        var (from, before) = (query.From(), query.Before());
        return await query.Run<object>(async () =>
            new
            {
                report.Name,
                Title = Title(report),
                Items = await reports.RunAsync(name, from, before, ct),
            }
        );
    }

    private static Task<IResult> SalesOrders(ListQuery query, SalesQueries sales, CancellationToken ct)
    {
        var filter = TradeFilter.None with
        {
            Number = query.Codes("ids"),
            Status = query.Words("status", SalesStates),
            Party = query.Codes("customer"),
            Material = query.Codes("material"),
        };
        var page = query.PageById();
        return query.Run(() => sales.SalesOrdersAsync(filter, page, ct));
    }

    private static Task<IResult> Requisitions(ListQuery query, SalesQueries sales, CancellationToken ct)
    {
        var filter = new TradeFilter(
            query.Codes("ids"),
            query.Words("status", RequisitionStates),
            query.Codes("supplier"),
            query.Codes("salesOrder"),
            query.Codes("material")
        );
        var page = query.PageById();
        return query.Run(() => sales.RequisitionsAsync(filter, page, ct));
    }
}
