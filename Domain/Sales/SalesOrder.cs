using System.Collections.Immutable;

namespace Manufactura.Domain.Sales;

/// <summary>Pendiente → Confirmada → Terminada; the first two → Cancelada, which is final.</summary>
public enum SalesStatus
{
    Pending,
    Confirmed,
    Done,
    Cancelled,
}

/// <summary>One product of a sale; its production order once confirmed.</summary>
public sealed record SalesLine(string Material, decimal Quantity, string? ProductionOrder = null);

/// <summary>A sales order as its rules see it.</summary>
public sealed record SalesOrder(
    string Number,
    SalesStatus Status,
    string Customer,
    DateOnly? DueDate,
    ImmutableArray<SalesLine> Lines,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    int Version = 1
);
