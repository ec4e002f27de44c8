namespace Manufactura.Domain.Alerts;

/// <summary>The life of an alert: active → acknowledged → cleared, escalated when nobody acknowledged it within its time.</summary>
public static class AlertRules
{
    /// <summary>The key of what stands: the kind's word, the subject and, where one subject has several, which.</summary>
    public static string Condition(AlertKind kind, string subject, string? which = null) =>
        which is null ? $"{AlertPolicy.Of(kind).Word}:{subject}" : $"{AlertPolicy.Of(kind).Word}:{subject}:{which}";

    /// <summary>A new alert; null when one for that condition already stands, active or acknowledged.</summary>
    public static Alert? Raise(AlertDraft draft, bool stands, DateTimeOffset at)
    {
        if (stands)
            return null;
        var policy = AlertPolicy.Of(draft.Kind);
        return new Alert(
            draft.Kind,
            draft.Condition,
            policy.Severity,
            draft.Subject,
            policy.Role,
            draft.Text,
            AlertState.Active,
            at
        );
    }

    /// <summary>Refused unless active.</summary>
    public static Decision<Alert> Acknowledge(Alert alert, string by, string? note, DateTimeOffset at) =>
        alert.State == AlertState.Active
            ? alert with
            {
                State = AlertState.Acknowledged,
                AcknowledgedAt = at,
                AcknowledgedBy = by,
                Note = note,
                Version = alert.Version + 1,
            }
            : Refusal.State("La alerta ya fue atendida o cerrada.", "The alert was already acknowledged or cleared.");

    /// <summary>The alert once its condition has ended; null when it was already cleared.</summary>
    public static Alert? Clear(Alert alert, DateTimeOffset at) =>
        alert.State == AlertState.Cleared
            ? null
            : alert with
            {
                State = AlertState.Cleared,
                ClearedAt = at,
                Version = alert.Version + 1,
            };

    /// <summary>
    /// The alert handed to the next role, once, when its time has passed and nobody acknowledged it; null when it is not due.
    /// </summary>
    public static Alert? Escalate(Alert alert, DateTimeOffset at) =>
        alert is { State: AlertState.Active, EscalatedAt: null } && at >= EscalatesAt(alert)
            ? alert with
            {
                EscalatedAt = at,
                Role = AlertPolicy.Of(alert.Kind).EscalatesTo,
                Version = alert.Version + 1,
            }
            : null;

    /// <summary>When it is escalated unless somebody acknowledges it before.</summary>
    public static DateTimeOffset EscalatesAt(Alert alert) => alert.RaisedAt + AlertPolicy.Of(alert.Kind).Within;
}

/// <summary>An alert that somebody wants raised.</summary>
public sealed record AlertDraft(AlertKind Kind, string Subject, string Condition, Text Text)
{
    internal static AlertDraft Of(AlertKind kind, string subject, string es, string en, string? which = null) =>
        new(kind, subject, AlertRules.Condition(kind, subject, which), new(es, en));
}
