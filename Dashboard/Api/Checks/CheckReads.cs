using Manufactura.Dashboard.Hosting;
using Manufactura.Grains;
using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Api.Checks;

/// <summary>Maintenance checks, alerts and the counts beside the navigation.</summary>
public static class CheckReads
{
    private static readonly string[] AlertStates = ["active", "acknowledged", "cleared"];
    private static readonly string[] Severities = ["info", "warning", "critical"];

    public static void MapCheckReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/checks", Checks)
            .WithTags("Checks")
            .WithSummary("The invariants (zero in a sound plant) and hints, each with how many violate it and a sample.");
        api.MapGet("/checks/{code}", Findings)
            .WithTags("Checks")
            .WithSummary("Everything that one check finds, by code; format=csv.");
        api.MapGet("/alerts", Alerts)
            .WithTags("Alerts")
            .WithSummary("Newest first; filters state, severity, kind, subject, role, cause (standing ones), shelved.");
        api.MapGet("/counts", (AlertQueries alerts, CancellationToken ct) => alerts.CountsAsync(ct))
            .WithTags("Alerts")
            .WithSummary("What waits for somebody, per kind.");
    }

    private static async Task<IResult> Checks(PlantClock clock, CheckQueries checks, CancellationToken ct)
    {
        var zone = Zone(clock);
        var english = Languages.Current == "en";
        return Results.Ok(
            new
            {
                Items = (await checks.RunAsync(clock.Now, zone, ct)).Select(c => new
                {
                    c.Code,
                    c.Kind,
                    Title = english ? c.TitleEn : c.TitleEs,
                    c.Violations,
                    c.Sample,
                }),
            }
        );
    }

    private static async Task<IResult> Findings(
        string code,
        ListQuery query,
        PlantClock clock,
        CheckQueries checks,
        CancellationToken ct
    )
    {
        if (CheckQueries.Known.FirstOrDefault(c => c.Code == code) is not { } check)
            return ReadResults.NotFound(code);
        Task<Page<string>?> Read(PageRequest page) => checks.FindingsAsync(code, clock.Now, Zone(clock), page, ct);
        if (query.IsCsv())
            return await query.RunCsv(async () =>
            {
                var csv = new CsvAnswer("check", "key");
                await foreach (var key in CsvAnswer.AllAsync(async page => (await Read(page))!, text => Cursor.Decode(text, 1)))
                    csv.Add(code, key);
                return csv.ToResult(code);
            });
        var page = query.PageByCode();
        return await query.Run(async () =>
        {
            var found = (await Read(page))!;
            return new
            {
                check.Code,
                check.Kind,
                Title = Languages.Current == "en" ? check.TitleEn : check.TitleEs,
                found.Items,
                found.NextCursor,
            };
        });
    }

    private static string Zone(PlantClock clock) =>
        TimeZoneInfo.TryConvertWindowsIdToIanaId(clock.Zone.Id, out var iana) ? iana : clock.Zone.Id;

    private static Task<IResult> Alerts(ListQuery query, AlertQueries alerts, CancellationToken ct)
    {
        var filter = new AlertFilter(
            query.Words("state", AlertStates),
            query.Words("severity", Severities),
            query.Codes("kind"),
            query.Codes("subject"),
            query.Codes("role"),
            query.Codes("cause"),
            query.Flag("shelved")
        );
        var page = query.PageById();
        var english = Languages.Current == "en";
        return query.Run(async () => (await alerts.ListAsync(filter, page, ct)).Map(a => View(a, english)));
    }

    private static object View(AlertRow a, bool english) =>
        new
        {
            a.Id,
            a.Kind,
            a.Severity,
            a.Subject,
            a.Role,
            a.State,
            Text = english ? a.TextEn : a.TextEs,
            a.Data,
            a.RaisedAt,
            a.AcknowledgedAt,
            a.AcknowledgedBy,
            a.Note,
            a.EscalatedAt,
            a.ClearedAt,
            a.Version,
            a.Cause,
            a.ShelvedUntil,
            a.ShelvedBy,
        };
}
