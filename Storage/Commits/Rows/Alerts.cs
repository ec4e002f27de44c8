namespace Manufactura.Storage.Commits.Rows;

/// <summary>Raises an alert unless one with this condition still stands. <c>Data</c> is a JSON object.</summary>
public sealed record AlertRaise(
    string Condition,
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
/// An alert as it is to stand; <c>Role</c> and the texts null leave what is there. Missed unless the row has <c>ExpectedVersion</c>, which it raises by one.
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
    string? Role = null,
    string? TextEs = null,
    string? TextEn = null
) : IRow;

/// <summary>Clears the standing alert of a condition, if there is one.</summary>
public sealed record AlertClear(string Condition, DateTimeOffset ClearedAt) : IRow;
