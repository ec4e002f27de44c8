using System.Globalization;
using Manufactura.Domain;
using Manufactura.Domain.Alerts;
using Manufactura.Domain.Lots;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Alerts;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;
using Orleans.Runtime;

namespace Manufactura.Grains.Alerts;

/// <summary>The life of one alert after it was raised.</summary>
[GrainType("alert")]
public sealed class AlertGrain(AlertQueries alerts, ICommitLog log, PlantClock clock) : Grain, IAlertGrain
{
    public Task<Answer<AlertView>> Acknowledge(string? note, CommandContext context) =>
        Change(context, alert => TooLong(note) ?? (Decision<Alert>)AlertRules.Acknowledge(alert, context.Actor, note, clock.Now));

    public Task<Answer<AlertView>> Shelve(DateTimeOffset until, string? note, CommandContext context) =>
        Change(
            context,
            alert => TooLong(note) ?? (Decision<Alert>)AlertRules.Shelve(alert, context.Actor, until, note, clock.Now)
        );

    public Task<Answer<AlertView>> Unshelve(CommandContext context) =>
        Change(context, alert => AlertRules.Unshelve(alert, clock.Now) ?? alert);

    public Task Escalate() => Change(new("system"), alert => AlertRules.Escalate(alert, clock.Now) ?? alert);

    public Task Clear() => Change(new("system"), alert => AlertRules.Clear(alert, clock.Now) ?? alert);

    public Task Retell(string es, string en) =>
        Change(
            new("system"),
            alert => alert.State == AlertState.Cleared ? alert : alert with { Text = new(es, en), Version = alert.Version + 1 }
        );

    private static Refusal? TooLong(string? note) =>
        note?.Length > InspectLot.MaxNote
            ? Refusal.Validation(
                $"La nota admite como máximo {InspectLot.MaxNote} caracteres.",
                $"The note takes at most {InspectLot.MaxNote} characters."
            )
            : null;

    private Task<Answer<AlertView>> Change(CommandContext context, Func<Alert, Decision<Alert>> rule) =>
        log.CarryOutAsync<AlertView>(
            context,
            async draft =>
            {
                var key = this.GetPrimaryKeyString();
                if (
                    !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                    || await alerts.FindAsync(id) is not { } row
                )
                    return Refusal.NotFound($"la alerta {key}") with { En = $"Alert {key} does not exist." };
                var before = Of(row);
                var decision = rule(before);
                if (decision.Refusal is { } refusal)
                    return refusal;
                var after = decision.Outcome;
                if (after != before)
                    draft.Work.Add(
                        new AlertUpdate(
                            id,
                            before.Version,
                            MessageJson.Name(after.State),
                            after.AcknowledgedAt,
                            after.AcknowledgedBy,
                            after.Note,
                            after.EscalatedAt,
                            after.ClearedAt,
                            after.Role,
                            after.ShelvedUntil,
                            after.ShelvedBy,
                            after.WaitsSince,
                            context.Actor,
                            after.Text.Es,
                            after.Text.En
                        )
                    );
                return View(id, after);
            }
        );

    private static Alert Of(AlertRow row) =>
        new(
            AlertSweep.KindOf(row.Kind),
            row.Condition,
            row.Cause,
            Enum.Parse<AlertSeverity>(row.Severity, ignoreCase: true),
            row.Subject,
            row.Role,
            new(row.TextEs, row.TextEn),
            Enum.Parse<AlertState>(row.State, ignoreCase: true),
            row.RaisedAt,
            row.AcknowledgedAt,
            row.AcknowledgedBy,
            row.Note,
            row.EscalatedAt,
            row.ClearedAt,
            row.Version,
            row.ShelvedUntil,
            row.ShelvedBy,
            row.WaitsSince
        );

    private static AlertView View(long id, Alert a) =>
        new(
            id,
            AlertPolicy.Of(a.Kind).Word,
            MessageJson.Name(a.Severity),
            a.Subject,
            a.Role,
            MessageJson.Name(a.State),
            Sentences.Of(a.Text),
            a.RaisedAt,
            a.AcknowledgedAt,
            a.AcknowledgedBy,
            a.Note,
            a.EscalatedAt,
            a.ClearedAt,
            a.Version,
            a.Cause,
            a.ShelvedUntil,
            a.ShelvedBy
        );
}
