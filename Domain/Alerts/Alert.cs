namespace Manufactura.Domain.Alerts;

/// <summary>What an alert is about.</summary>
public enum AlertKind
{
    LowStock,
    LotExpiring,
    LotExpired,
    LotLost,
    OrderOverdue,
    OrderWaitingForMaterial,
    LineSaturated,
    RequisitionOverThreshold,
    RequisitionWithoutAddress,
    JournalEntryFailed,
    JournalEntryNotReversed,
    MailFailed,
}

public enum AlertSeverity
{
    Info,
    Warning,
    Critical,
}

/// <summary>activa → atendida → cerrada; an active one may close by itself when its condition ends.</summary>
public enum AlertState
{
    Active,
    Acknowledged,
    Cleared,
}

/// <summary>
/// An alert. <paramref name="Condition"/> is what stands: one alert per standing condition. <paramref name="Cause"/> is what lies under it:
/// alerts of one cause are shown, told and taken as one. <paramref name="Role"/> is who must act, within a time that counts from
/// <paramref name="WaitsSince"/>. Until <paramref name="ShelvedUntil"/> it is put aside and waits for nobody.
/// </summary>
public sealed record Alert(
    AlertKind Kind,
    string Condition,
    string Cause,
    AlertSeverity Severity,
    string Subject,
    string Role,
    Text Text,
    AlertState State,
    DateTimeOffset RaisedAt,
    DateTimeOffset? AcknowledgedAt = null,
    string? AcknowledgedBy = null,
    string? Note = null,
    DateTimeOffset? EscalatedAt = null,
    DateTimeOffset? ClearedAt = null,
    int Version = 1,
    DateTimeOffset? ShelvedUntil = null,
    string? ShelvedBy = null,
    DateTimeOffset? WaitsSince = null
);

/// <summary>
/// How serious a kind is, who must act, and within what time before it is escalated to whom. <paramref name="Happened"/>: it tells of
/// something that happened and not of something that stands, so nothing but its being taken ends it.
/// </summary>
public sealed record AlertPolicy(
    string Word,
    AlertSeverity Severity,
    string Role,
    TimeSpan Within,
    string EscalatesTo,
    bool Happened = false
)
{
    private const string Supervisor = "Supervisor";
    private const string Inspector = "QualityInspector";
    private const string Manager = "ProductionManager";
    private const string Admin = "Admin";

    /// <summary>The policy of each kind; the word is the stable name in data and condition keys.</summary>
    public static AlertPolicy Of(AlertKind kind) =>
        kind switch
        {
            AlertKind.LowStock => new("low-stock", AlertSeverity.Warning, Supervisor, TimeSpan.FromHours(8), Manager),
            AlertKind.LotExpiring => new("lot-expiring", AlertSeverity.Info, Inspector, TimeSpan.FromHours(24), Supervisor),
            AlertKind.LotExpired => new(
                "lot-expired",
                AlertSeverity.Critical,
                Supervisor,
                TimeSpan.FromHours(1),
                Manager,
                Happened: true
            ),
            AlertKind.LotLost => new(
                "lot-lost",
                AlertSeverity.Warning,
                Supervisor,
                TimeSpan.FromHours(4),
                Manager,
                Happened: true
            ),
            AlertKind.OrderOverdue => new("order-overdue", AlertSeverity.Warning, Supervisor, TimeSpan.FromHours(8), Manager),
            AlertKind.OrderWaitingForMaterial => new(
                "order-waiting",
                AlertSeverity.Warning,
                Supervisor,
                TimeSpan.FromHours(8),
                Manager
            ),
            AlertKind.LineSaturated => new("line-saturated", AlertSeverity.Warning, Supervisor, TimeSpan.FromHours(4), Manager),
            AlertKind.RequisitionOverThreshold => new(
                "requisition-threshold",
                AlertSeverity.Warning,
                Supervisor,
                TimeSpan.FromHours(4),
                Manager
            ),
            AlertKind.RequisitionWithoutAddress => new(
                "requisition-held",
                AlertSeverity.Warning,
                Supervisor,
                TimeSpan.FromHours(4),
                Manager
            ),
            AlertKind.JournalEntryFailed => new(
                "journal-failed",
                AlertSeverity.Critical,
                Supervisor,
                TimeSpan.FromHours(4),
                Manager
            ),
            AlertKind.JournalEntryNotReversed => new(
                "journal-not-reversed",
                AlertSeverity.Warning,
                Supervisor,
                TimeSpan.FromHours(24),
                Manager,
                Happened: true
            ),
            AlertKind.MailFailed => new("mail-failed", AlertSeverity.Critical, Supervisor, TimeSpan.FromHours(2), Admin),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
}
