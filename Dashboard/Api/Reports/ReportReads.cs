using System.Text.Json;
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
        api.MapGet("/reports/{name}", Report).WithTags("Reports").WithSummary("One report; from and to bound it; format=csv.");
    }

    private static string Title(ReportInfo report) => Languages.Current == "en" ? report.TitleEn : report.TitleEs;

    private static async Task<IResult> Report(string name, ListQuery query, ReportQueries reports, CancellationToken ct)
    {
        if (ReportQueries.All.FirstOrDefault(r => r.Name == name) is not { } report)
            return ReadResults.NotFound(name);
        var (from, before) = (query.From(), query.Before());
        if (query.IsCsv())
            return await query.RunCsv(async () => Csv(name, (await reports.RunAsync(name, from, before, ct))!));
        return await query.Run<object>(async () =>
            new
            {
                report.Name,
                Title = Title(report),
                Items = await reports.RunAsync(name, from, before, ct),
            }
        );
    }

    private static IResult Csv(string name, IReadOnlyList<JsonElement> rows)
    {
        string[] members = rows.Count == 0 ? [] : [.. rows[0].EnumerateObject().Select(m => m.Name)];
        var csv = new CsvAnswer(members);
        foreach (var row in rows)
            csv.Add([.. members.Select(m => Value(row.GetProperty(m)))]);
        return csv.ToResult(name);
    }

    private static object? Value(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number => value.GetDecimal(),
            _ => value.ToString(),
        };
}
