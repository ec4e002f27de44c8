using System.Collections.Immutable;

namespace Manufactura.Domain.Requisitions;

/// <summary>Over the critical quantity it awaits the supervisor; then open, confirmed by a person, received.</summary>
public enum RequisitionStatus
{
    AwaitingApproval,
    Open,
    Confirmed,
    Received,
    Cancelled,
}

/// <summary>Its e-mail to the supplier: held while nobody may or can send it.</summary>
public enum MailState
{
    Queued,
    Sent,
    Failed,
    Held,
}

/// <summary>What is asked for, in the material's unit, and by when.</summary>
public sealed record RequisitionLine(string Material, decimal Quantity, DateOnly? TargetDate);

/// <summary>What the rules need to know of a supplier.</summary>
public sealed record Supplier(string Code, string Name, string? Email);

/// <summary>A request to a supplier for what a sale or an order lacks.</summary>
public sealed record Requisition(
    string Number,
    string? Supplier,
    RequisitionStatus Status,
    MailState Mail,
    string? SalesOrder,
    string? ProductionOrder,
    ImmutableArray<RequisitionLine> Lines,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    int Version = 1
);
