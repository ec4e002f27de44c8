using Manufactura.Dashboard.Hosting;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Reports;

/// <summary>Reports.</summary>
public static class ReportReads
{
    public static void MapReportReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/reports", () => new { Items = ReportQueries.All.Select(r => new { r.Name, Title = Title(r) }) })
            .WithTags("Reports")
            .WithSummary("The reports there are.");
        api.MapGet("/reports/{name}", Report).WithTags("Reports").WithSummary("One report; from and to bound it.");
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
}
