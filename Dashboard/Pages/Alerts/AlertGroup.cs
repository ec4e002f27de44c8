using Manufactura.Storage.Queries;

namespace Manufactura.Dashboard.Pages.Alerts;

/// <summary>Alerts of one cause, which are shown and taken as one: the first is the one to look at.</summary>
public sealed record AlertGroup(AlertRow First, IReadOnlyList<AlertRow> Others)
{
    // Where several kinds have one cause, this is the one that names it: the material that is low, not the orders that wait for it.
    private static readonly string[] Naming = ["lot-expired", "low-stock", "mail-failed", "journal-failed", "line-saturated"];

    /// <summary>How many alerts it is.</summary>
    public int Count => Others.Count + 1;

    /// <summary>The worst severity of all.</summary>
    public string Severity => Others.Select(o => o.Severity).Append(First.Severity).MinBy(AlertWords.Rank)!;

    /// <summary>Since when the first of them waits.</summary>
    public DateTimeOffset Since => Others.Select(o => o.RaisedAt).Append(First.RaisedAt).Min();

    /// <summary>One per cause, the most serious first, then the oldest.</summary>
    public static IReadOnlyList<AlertGroup> Of(IEnumerable<AlertRow> alerts) =>
        [
            .. alerts
                .GroupBy(a => a.Cause, StringComparer.Ordinal)
                .Select(g => g.OrderBy(a => Place(a.Kind)).ThenBy(a => AlertWords.Rank(a.Severity)).ThenBy(a => a.RaisedAt))
                .Select(g => new AlertGroup(g.First(), [.. g.Skip(1)]))
                .OrderBy(g => AlertWords.Rank(g.Severity))
                .ThenBy(g => g.Since),
        ];

    private static int Place(string kind) => Array.IndexOf(Naming, kind) is var i and >= 0 ? i : Naming.Length;
}
