namespace Manufactura.Storage.Commits.Rows;

/// <summary>A new lot. <c>Attributes</c> is a JSON object.</summary>
public sealed record LotInsert(
    string Code,
    string Material,
    string Status,
    decimal Quantity,
    decimal OnHand,
    string Location,
    DateTimeOffset ReceivedAt,
    decimal Reserved = 0,
    DateOnly? ExpiresOn = null,
    string? Supplier = null,
    string? SupplierLot = null,
    string Attributes = "{}",
    bool Bulk = false,
    string? ProductionOrder = null,
    string? Requisition = null,
    int Version = 1
) : IRow;

/// <summary>What a change of a lot's quantities asks of the lot.</summary>
public enum LotUse
{
    /// <summary>Nothing but that the quantities stay possible: a release, a return, an adjustment.</summary>
    Any,

    /// <summary>Consuming what is reserved: Available or Depleted, and not expired.</summary>
    Own,

    /// <summary>Taking from free stock: not expired, and as much available as is asked.</summary>
    Free,
}

/// <summary>
/// Adds to a lot's quantities (negative takes). Changes of one lot by many units are written as one, its version rises once, and its
/// status turns between Available and Depleted by what is left. A lot with <c>expires_on</c> on or before <c>Today</c> is expired.
/// <c>Received</c> adds to what the lot ever took in. With <c>At</c>, missed unless the lot lies at that location.
/// </summary>
public sealed record LotChange(
    string Code,
    decimal OnHand,
    decimal Reserved,
    LotUse Use,
    DateOnly Today,
    decimal Received = 0,
    string? At = null
) : IRow;

/// <summary>Sets a lot's status; Available becomes Depleted when nothing is available. Missed unless the row has <c>ExpectedVersion</c>.</summary>
public sealed record LotStatusChange(string Code, int ExpectedVersion, string Status) : IRow;

/// <summary>Sets a lot's location or attributes (JSON object); null leaves them. Missed unless the row has <c>ExpectedVersion</c>.</summary>
public sealed record LotUpdate(string Code, int ExpectedVersion, string? Location = null, string? Attributes = null) : IRow;

/// <summary>
/// Who and why, for the <c>lot-changed</c> event that every change of a lot gets by itself. Without it the actor is the command's and
/// the reason the type of the unit's first event.
/// </summary>
public sealed record LotEvent(string Code, string Actor, string? Reason) : IRow;

/// <summary>A quality decision: release, reject or keep.</summary>
public sealed record InspectionInsert(string Lot, string Decision, string? Result, string? Note, string By, DateTimeOffset At)
    : IRow;
