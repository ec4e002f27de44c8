namespace Manufactura.Domain.Alerts;

/// <summary>The life of an alert: active → acknowledged → cleared, escalated when nobody acknowledged it within its time.</summary>
public static class AlertRules
{
    /// <summary>The key of what stands: the kind's word, the subject and, where one subject has several, which.</summary>
    public static string Condition(AlertKind kind, string subject, string? which = null) =>
        which is null ? $"{AlertPolicy.Of(kind).Word}:{subject}" : $"{AlertPolicy.Of(kind).Word}:{subject}:{which}";

    /// <summary>The longest that an alert may be put aside.</summary>
    public static readonly TimeSpan LongestShelf = TimeSpan.FromDays(7);

    /// <summary>A new alert; null when one for that condition already stands, active or acknowledged.</summary>
    public static Alert? Raise(AlertDraft draft, bool stands, DateTimeOffset at)
    {
        if (stands)
            return null;
        var policy = AlertPolicy.Of(draft.Kind);
        return new Alert(
            draft.Kind,
            draft.Condition,
            draft.Cause,
            policy.Severity,
            draft.Subject,
            policy.Role,
            draft.Text,
            AlertState.Active,
            at
        );
    }

    /// <summary>Refused unless active; one that was put aside is taken all the same.</summary>
    public static Decision<Alert> Acknowledge(Alert alert, string by, string? note, DateTimeOffset at) =>
        alert.State == AlertState.Active
            ? alert with
            {
                State = AlertState.Acknowledged,
                AcknowledgedAt = at,
                AcknowledgedBy = by,
                Note = note,
                ShelvedUntil = null,
                ShelvedBy = null,
                Version = alert.Version + 1,
            }
            : Refusal.State("La alerta ya fue atendida o cerrada.", "The alert was already acknowledged or cleared.");

    /// <summary>
    /// Puts an active alert aside: it counts and sounds for nobody until then, is not escalated, and comes back by itself unless its
    /// condition has ended. Refused for anything but an active one, and for a time that is past or more than a week away.
    /// </summary>
    public static Decision<Alert> Shelve(Alert alert, string by, DateTimeOffset until, string? note, DateTimeOffset at) =>
        alert.State != AlertState.Active
            ? Refusal.State("La alerta ya fue atendida o cerrada.", "The alert was already acknowledged or cleared.")
        : until <= at || until > at + LongestShelf
            ? Refusal.Validation(
                "Una alerta se aplaza hasta un momento futuro, como máximo siete días.",
                "An alert is put aside until a moment to come, seven days at most."
            )
        : alert with { ShelvedUntil = until, ShelvedBy = by, Note = note, Version = alert.Version + 1 };

    /// <summary>Brings back what was put aside; null for what was not. The time to act within begins anew.</summary>
    public static Alert? Unshelve(Alert alert, DateTimeOffset at) =>
        alert is { State: AlertState.Active, ShelvedUntil: not null }
            ? alert with
            {
                ShelvedUntil = null,
                ShelvedBy = null,
                WaitsSince = at,
                Version = alert.Version + 1,
            }
            : null;

    /// <summary>The alert once its condition has ended; null when it was already cleared.</summary>
    public static Alert? Clear(Alert alert, DateTimeOffset at) =>
        alert.State == AlertState.Cleared
            ? null
            : alert with
            {
                State = AlertState.Cleared,
                ClearedAt = at,
                ShelvedUntil = null,
                ShelvedBy = null,
                Version = alert.Version + 1,
            };

    /// <summary>
    /// The alert handed to the next role, once, when its time has passed and nobody acknowledged it; null when it is not due.
    /// </summary>
    public static Alert? Escalate(Alert alert, DateTimeOffset at) =>
        alert is { State: AlertState.Active, EscalatedAt: null, ShelvedUntil: null } && at >= EscalatesAt(alert)
            ? alert with
            {
                EscalatedAt = at,
                Role = AlertPolicy.Of(alert.Kind).EscalatesTo,
                Version = alert.Version + 1,
            }
            : null;

    /// <summary>When it is escalated unless somebody acknowledges it before.</summary>
    public static DateTimeOffset EscalatesAt(Alert alert) =>
        (alert.WaitsSince ?? alert.RaisedAt) + AlertPolicy.Of(alert.Kind).Within;
}

/// <summary>An alert that somebody wants raised.</summary>
public sealed record AlertDraft(AlertKind Kind, string Subject, string Condition, string Cause, Text Text)
{
    /// <param name="cause">What lies under it; null: the alert stands for itself.</param>
    internal static AlertDraft Of(
        AlertKind kind,
        string subject,
        string es,
        string en,
        string? which = null,
        string? cause = null
    )
    {
        var condition = AlertRules.Condition(kind, subject, which);
        return new(kind, subject, condition, cause ?? condition, new(es, en));
    }
}
