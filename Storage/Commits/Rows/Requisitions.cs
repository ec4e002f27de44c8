namespace Manufactura.Storage.Commits.Rows;

/// <summary>A new requisition.</summary>
public sealed record RequisitionInsert(
    string Number,
    string? Supplier,
    string Status,
    string Mail,
    string? SalesOrder,
    string? ProductionOrder,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    int Version = 1
) : IRow;

/// <summary>A requisition as it is to stand. Missed unless the row has <c>ExpectedVersion</c>, which it raises by one.</summary>
public sealed record RequisitionUpdate(string Number, int ExpectedVersion, string Status, string Mail) : IRow;

/// <summary>A line of a requisition; positions start at 1.</summary>
public sealed record RequisitionLineInsert(
    string Requisition,
    int Position,
    string Material,
    decimal Quantity,
    DateOnly? TargetDate
) : IRow;

/// <summary>A mail to send. <c>MessageId</c> is fixed for ever and unique.</summary>
public sealed record MailInsert(
    string MessageId,
    string? Requisition,
    string Recipient,
    string Subject,
    string Body,
    DateTimeOffset NextAttemptAt,
    string State = "queued"
) : IRow;

/// <summary>How sending went. Missed unless the row has <c>ExpectedAttempts</c>.</summary>
public sealed record MailUpdate(
    string MessageId,
    int ExpectedAttempts,
    string State,
    int Attempts,
    DateTimeOffset NextAttemptAt,
    string? LastError,
    DateTimeOffset? SentAt
) : IRow;
