using Manufactura.Domain.Alerts;
using Manufactura.Grains.Requisitions;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Alerts;

/// <summary>Who is told of alerts by mail: addresses per role, from this severity on. Nobody, unless it is configured.</summary>
public sealed record AlertRecipients(IReadOnlyDictionary<string, IReadOnlyList<string>> ByRole, AlertSeverity From)
{
    /// <summary>Alerts are not mailed.</summary>
    public static AlertRecipients Nobody { get; } = new(new Dictionary<string, IReadOnlyList<string>>(), AlertSeverity.Critical);
}

/// <summary>
/// Tells a role by mail of what is new for it, at most once a round however much is raised. The mail and the note that it was told are
/// one commit, so that nothing is told twice or forgotten; an escalated alert is new to the next role.
/// </summary>
public sealed class AlertPost(
    AlertQueries alerts,
    AlertRecipients recipients,
    MailIdentity identity,
    ICommitLog log,
    PlantClock clock
)
{
    private const int AtOnce = 1_000;

    public async Task TellAsync()
    {
        if (recipients.ByRole.Count == 0)
            return;
        string[] severities =
        [
            .. Enum.GetValues<AlertSeverity>().Where(s => s >= recipients.From).Select(s => s.ToString().ToLowerInvariant()),
        ];
        var untold = await alerts.UntoldAsync(severities, [.. recipients.ByRole.Keys], AtOnce);
        foreach (var role in untold.GroupBy(a => a.Role, StringComparer.Ordinal))
            await TellAsync(role.Key, [.. role]);
    }

    private async Task TellAsync(string role, IReadOnlyList<UntoldAlert> untold)
    {
        AlertLine[] lines =
        [
            .. untold.Select(a => new AlertLine(
                a.Id,
                Enum.Parse<AlertSeverity>(a.Severity, ignoreCase: true),
                a.Cause,
                a.Text,
                a.RaisedAt,
                a.EscalatedAt is not null
            )),
        ];
        var now = clock.Now;
        var work = new UnitOfWork();
        foreach (var address in recipients.ByRole[role])
        {
            var mail = AlertMail.Write(lines, role, address, TimeZoneInfo.ConvertTime(now, clock.Zone), identity.Host);
            work.Add(new MailInsert(mail.MessageId, null, mail.Recipient, mail.Subject, mail.Body, now));
        }

        foreach (var alert in untold)
            work.Add(new AlertMailed(alert.Id, role));
        // Somebody else's round may have told it: then this one is refused whole.
        await log.CommitAsync(work);
    }
}
