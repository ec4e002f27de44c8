using Manufactura.Domain.Requisitions;

namespace Manufactura.Domain.Alerts;

/// <summary>An alert as a mail tells it.</summary>
public sealed record AlertLine(
    long Id,
    AlertSeverity Severity,
    string Cause,
    string Text,
    DateTimeOffset RaisedAt,
    bool Escalated
);

/// <summary>
/// One mail to one address about all that is new for a role, in Spanish. What has one cause is one line: the first alert of it, and how
/// many more.
/// </summary>
public static class AlertMail
{
    private const int MaxLines = 40;

    /// <param name="lines">At least one.</param>
    /// <param name="at">When it is written, in the plant's zone.</param>
    /// <param name="host">The right side of the Message-ID.</param>
    public static Mail Write(IReadOnlyList<AlertLine> lines, string role, string recipient, DateTimeOffset at, string host)
    {
        var causes = lines
            .GroupBy(l => l.Cause, StringComparer.Ordinal)
            .Select(g => g.OrderByDescending(l => l.Severity).ThenBy(l => l.RaisedAt).ToArray())
            .OrderByDescending(g => g[0].Severity)
            .ThenBy(g => g[0].RaisedAt)
            .ToArray();
        var told = causes.Take(MaxLines).Select(g => Line(g, at.Offset));
        var rest = causes.Length > MaxLines ? $"\n… y {causes.Length - MaxLines} más, en la página de alertas." : "";
        return new Mail(
            $"<alertas-{lines.Max(l => l.Id)}-{lines.Count(l => l.Escalated)}-{role}-{Fold(recipient)}@{host}>",
            recipient,
            causes.Length == 1 ? $"Alerta: {causes[0][0].Text}" : $"{causes.Length} alertas nuevas",
            $"{string.Join('\n', told)}{rest}\n\nAtiéndalas en la página de alertas; mientras nadie lo haga, pasan al siguiente responsable.\n"
        );
    }

    private static string Line(AlertLine[] group, TimeSpan offset)
    {
        var first = group[0];
        var sign = first.Severity switch
        {
            AlertSeverity.Critical => "[crítica] ",
            AlertSeverity.Warning => "[aviso] ",
            _ => "",
        };
        var more = group.Length > 1 ? $" (y {group.Length - 1} más por la misma causa)" : "";
        var escalated = first.Escalated ? " Escalada: nadie la atendió a tiempo." : "";
        return $"- {sign}{first.Text}{more} Desde las {first.RaisedAt.ToOffset(offset):HH:mm}.{escalated}";
    }

    // A Message-ID takes no second @.
    private static string Fold(string address) => address.Replace('@', '.');
}
