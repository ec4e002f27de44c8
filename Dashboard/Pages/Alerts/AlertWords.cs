using Manufactura.Dashboard.Pages.Orders;
using Manufactura.Dashboard.Texts;
using Manufactura.Storage.Queries;
using Microsoft.Extensions.Localization;

namespace Manufactura.Dashboard.Pages.Alerts;

/// <summary>How pages write alerts.</summary>
public static class AlertWords
{
    /// <summary>Critical first.</summary>
    public static int Rank(string severity) =>
        severity switch
        {
            "critical" => 0,
            "warning" => 1,
            _ => 2,
        };

    /// <summary>The sign of a severity: shape, not only colour.</summary>
    public static string Sign(string severity) =>
        severity switch
        {
            "critical" => "!",
            "warning" => "▲",
            _ => "i",
        };

    /// <summary>The sentence in the page's language.</summary>
    public static string Sentence(AlertRow alert) => Hosting.Languages.Current == "en" ? alert.TextEn : alert.TextEs;

    /// <summary>Where one can do something about it.</summary>
    public static string Path(AlertRow alert)
    {
        var subject = Uri.EscapeDataString(alert.Subject);
        return alert.Kind switch
        {
            "low-stock" => $"stock?material={subject}",
            "lot-expiring" or "lot-expired" or "lot-lost" => $"lots/{subject}",
            "line-saturated" => "lines",
            "requisition-threshold" or "requisition-held" or "mail-failed" => $"requisitions?ids={subject}",
            "journal-failed" => $"journal?tab=pending&reference={subject}",
            "journal-not-reversed" => $"journal?reference={subject}",
            _ => Show.OrderPath(alert.Subject),
        };
    }

    /// <summary>A length of time: 4 min, 3 h, 2 días.</summary>
    public static string Span(this IStringLocalizer<AlertsTexts> texts, TimeSpan span) =>
        span.TotalMinutes < 1 ? texts["JustNow"]
        : span.TotalMinutes < 60 ? texts["Minutes", (int)span.TotalMinutes]
        : span.TotalHours < 24 ? texts["Hours", (int)span.TotalHours]
        : texts[(int)span.TotalDays == 1 ? "OneDay" : "Days", (int)span.TotalDays];
}
