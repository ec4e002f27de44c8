using System.Collections.Immutable;
using Manufactura.Domain.Matrices;

namespace Manufactura.Domain.ProductionOrders;

/// <summary>Borrador → Planificada → En Proceso → Terminada; any of them → Cancelada, which is final.</summary>
public enum OrderStatus
{
    Draft,
    Planned,
    InProgress,
    Done,
    Cancelled,
}

/// <summary>Where an order comes from; all but Main keep their parent.</summary>
public enum OrderKind
{
    Main,
    Partial,
    Backorder,
    Split,
}

/// <summary>What an allocation has become: reserved → consumed or released.</summary>
public enum AllocationState
{
    Reserved,
    Consumed,
    Released,
}

/// <summary>One component of the recipe the order was created with; <paramref name="Quantity"/> is per unit produced.</summary>
public sealed record OrderBomLine(string Component, decimal Quantity, string Unit);

/// <summary>A quantity of one lot that belongs to one order.</summary>
public sealed record Allocation(string Lot, string Material, decimal Quantity, AllocationState State);

/// <summary>A production order as its rules see it: immutable, every command gives the next one.</summary>
public sealed record ProductionOrder
{
    public required string Number { get; init; }
    public OrderKind Kind { get; init; }
    public string? Parent { get; init; }
    public OrderStatus Status { get; init; }
    public required string Material { get; init; }
    public string? Bom { get; init; }
    public ImmutableArray<OrderBomLine> BomLines { get; init; } = [];

    /// <summary>What was ordered, in the product's unit, above zero.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Produced so far; of an order with a matrix the sum of its cells.</summary>
    public decimal Produced { get; init; }

    /// <summary>Taken over by backorders; of an order with a matrix the sum of its cells.</summary>
    public decimal Moved { get; init; }
    public string? OriginLocation { get; init; }
    public string? DestinationLocation { get; init; }
    public Matrix? Matrix { get; init; }
    public string? Line { get; init; }
    public decimal? LinePosition { get; init; }
    public string? SalesOrder { get; init; }
    public DateOnly? DueDate { get; init; }

    /// <summary>1 first, default 5.</summary>
    public int Priority { get; init; } = DefaultPriority;
    public string? Observations { get; init; }

    /// <summary>How many partial orders were numbered so far.</summary>
    public int Partials { get; init; }

    /// <summary>It tried to reserve and fell short: a released lot is offered to it.</summary>
    public bool AwaitsMaterials { get; init; }
    public ImmutableArray<Allocation> Allocations { get; init; } = [];

    /// <summary>Codes of the lots that this order itself produced.</summary>
    public ImmutableArray<string> Lots { get; init; } = [];
    public int Version { get; init; } = 1;
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    public const int DefaultPriority = 5;

    /// <summary>Still to be produced here: of a matrix the cells above zero.</summary>
    public decimal Outstanding =>
        Status is OrderStatus.Cancelled ? 0
        : Matrix is { } m ? (m.State == MatrixState.Pending ? Quantity : m.Cells.Sum(c => Math.Max(0, c.Outstanding)))
        : Math.Max(0, Quantity - Produced - Moved);

    /// <summary>Draft, Planned or InProgress.</summary>
    public bool IsOpen => Status is OrderStatus.Draft or OrderStatus.Planned or OrderStatus.InProgress;
}
