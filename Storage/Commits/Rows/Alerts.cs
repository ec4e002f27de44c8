namespace Manufactura.Storage.Commits.Rows;

/// <summary>Raises an alert unless one with this condition still stands. <c>Data</c> is a JSON object.</summary>
public sealed record AlertRaise(
    string Condition,
    string Cause,
    string Kind,
    string Severity,
    string Subject,
    string Role,
    string TextEs,
    string TextEn,
    string Data,
    DateTimeOffset RaisedAt
) : IRow;

/// <summary>
/// An alert as it is to stand; <c>Role</c>, <c>WaitsSince</c> and the texts null leave what they are. Missed unless the row has <c>ExpectedVersion</c>, which it raises by one.
/// </summary>
public sealed record AlertUpdate(
    long Id,
    int ExpectedVersion,
    string State,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy,
    string? Note,
    DateTimeOffset? EscalatedAt,
    DateTimeOffset? ClearedAt,
    string? Role,
    DateTimeOffset? ShelvedUntil,
    string? ShelvedBy,
    DateTimeOffset? WaitsSince,
    string Actor,
    string? TextEs = null,
    string? TextEn = null
) : IRow;

/// <summary>Clears the standing alert of a condition, if there is one.</summary>
public sealed record AlertClear(string Condition, DateTimeOffset ClearedAt) : IRow;

/// <summary>Hands an alert to the next role, unless it was taken, put aside or escalated meanwhile.</summary>
public sealed record AlertEscalate(long Id, string Role, DateTimeOffset EscalatedAt) : IRow;

/// <summary>Brings an alert back whose time on the shelf is over by then.</summary>
public sealed record AlertReturn(long Id, DateTimeOffset At) : IRow;

/// <summary>This role has been told of the alert by mail.</summary>
public sealed record AlertMailed(long Id, string Role) : IRow;
