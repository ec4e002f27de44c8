using System.Collections.Immutable;
using Manufactura.Domain.Matrices;
using Manufactura.Domain.ProductionOrders;

namespace Manufactura.Grains.Interfaces.ProductionOrders;

/// <summary>One component of the order's own recipe, per unit produced.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.BomLineView")]
public sealed record BomLineView(
    [property: Id(0)] string Component,
    [property: Id(1)] decimal Quantity,
    [property: Id(2)] string Unit
);

[GenerateSerializer, Immutable, Alias("manufactura.AllocationView")]
public sealed record AllocationView(
    [property: Id(0)] string Material,
    [property: Id(1)] string Lot,
    [property: Id(2)] decimal Quantity,
    [property: Id(3)] AllocationState State
);

/// <summary>An order as api.md shows it.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.OrderView")]
public sealed record OrderView(
    [property: Id(0)] string Number,
    [property: Id(1)] string Kind,
    [property: Id(2)] string? Parent,
    [property: Id(3)] OrderStatus Status,
    [property: Id(4)] string? MatrixState,
    [property: Id(5)] string Material,
    [property: Id(6)] string? Bom,
    [property: Id(7)] decimal Quantity,
    [property: Id(8)] decimal Produced,
    [property: Id(9)] decimal Moved,
    [property: Id(10)] decimal Outstanding,
    [property: Id(11)] string? OriginLocation,
    [property: Id(12)] string? DestinationLocation,
    [property: Id(13)] string? Line,
    [property: Id(14)] string? SalesOrder,
    [property: Id(15)] DateOnly? DueDate,
    [property: Id(16)] int Priority,
    [property: Id(17)] string? Observations,
    [property: Id(18)] ImmutableArray<BomLineView> BomLines,
    [property: Id(19)] ImmutableArray<AllocationView> Allocations,
    [property: Id(20)] ImmutableArray<string> Lots,
    [property: Id(21)] int Version,
    [property: Id(22)] string CreatedBy,
    [property: Id(23)] DateTimeOffset CreatedAt,
    [property: Id(24)] bool AwaitsMaterials,
    [property: Id(25)] DateTimeOffset? StartedAt,
    [property: Id(26)] DateTimeOffset? FinishedAt
)
{
    public static OrderView Of(ProductionOrder o) =>
        new(
            o.Number,
            Name(o.Kind),
            o.Parent,
            o.Status,
            o.Matrix is { } m ? MatrixView.Name(m.State) : null,
            o.Material,
            o.Bom,
            o.Quantity,
            o.Produced,
            o.Moved,
            o.Outstanding,
            o.OriginLocation,
            o.DestinationLocation,
            o.Line,
            o.SalesOrder,
            o.DueDate,
            o.Priority,
            o.Observations,
            [.. o.BomLines.Select(l => new BomLineView(l.Component, l.Quantity, l.Unit))],
            [.. o.Allocations.Select(a => new AllocationView(a.Material, a.Lot, a.Quantity, a.State))],
            o.Lots,
            o.Version,
            o.CreatedBy,
            o.CreatedAt,
            o.AwaitsMaterials,
            o.StartedAt,
            o.FinishedAt
        );

    /// <summary>Lower case, as the API and the database write kinds.</summary>
    public static string Name(OrderKind kind) =>
        kind switch
        {
            OrderKind.Partial => "partial",
            OrderKind.Backorder => "backorder",
            OrderKind.Split => "split",
            _ => "main",
        };
}

/// <summary>A column of the matrix; <paramref name="Proportion"/> null while the curve does not name it.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.AxisValueView")]
public sealed record AxisValueView(
    [property: Id(0)] string Value,
    [property: Id(1)] string Name,
    [property: Id(2)] int? Proportion = null
);

[GenerateSerializer, Immutable, Alias("manufactura.CellView")]
public sealed record CellView(
    [property: Id(0)] string X,
    [property: Id(1)] string Y,
    [property: Id(2)] decimal Planned,
    [property: Id(3)] decimal ToProduce,
    [property: Id(4)] decimal Produced,
    [property: Id(5)] decimal Moved,
    [property: Id(6)] int Version,
    [property: Id(7)] string By,
    [property: Id(8)] DateTimeOffset At
)
{
    public static CellView Of(Cell c) => new(c.X, c.Y, c.Planned, c.ToProduce, c.Produced, c.Moved, c.Version, c.SetBy, c.SetAt);
}

/// <summary>A matrix, or of it the cells that a command changed. <paramref name="Difference"/> = total − Σ planned.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.MatrixView")]
public sealed record MatrixView(
    [property: Id(0)] string State,
    [property: Id(1)] ImmutableArray<AxisValueView> X,
    [property: Id(2)] ImmutableArray<AxisValueView> Y,
    [property: Id(3)] ImmutableArray<CellView> Cells,
    [property: Id(4)] decimal Total,
    [property: Id(5)] decimal Difference
)
{
    /// <param name="nameOf">The name of a value on axis 'x' or 'y'.</param>
    public static MatrixView Of(ProductionOrder order, Func<char, string, string> nameOf, IEnumerable<Cell>? cells = null)
    {
        var matrix = order.Matrix ?? Matrix.Empty;
        return new(
            Name(matrix.State),
            [.. matrix.X.Select(x => new AxisValueView(x, nameOf('x', x)))],
            [.. matrix.Y.Select(y => new AxisValueView(y.Value, nameOf('y', y.Value), y.Proportion))],
            [.. (cells ?? matrix.Cells).Select(CellView.Of)],
            order.Quantity,
            order.Quantity - matrix.PlannedTotal
        );
    }

    /// <summary>Lower case, as the API and the database write matrix states.</summary>
    public static string Name(MatrixState state) =>
        state switch
        {
            MatrixState.Planned => "planned",
            MatrixState.Progress => "progress",
            MatrixState.Done => "done",
            _ => "pending",
        };
}

/// <summary>What start, confirm, finish and cancel answer; <paramref name="Movements"/> counts inventory movements made or withdrawn.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.OrderAnswer")]
public sealed record OrderAnswer(
    [property: Id(0)] OrderView Order,
    [property: Id(1)] ImmutableArray<Sentence> Messages,
    [property: Id(2)] ImmutableArray<Sentence> Warnings,
    [property: Id(3)] int Movements = 0,
    [property: Id(4)] string? JournalEntry = null
);

/// <summary>What one explosion made: partial orders and the backorder, lots, movements, entry, and where to see them.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.LotsProduced")]
public sealed record LotsProduced(
    [property: Id(0)] ImmutableArray<string> Orders,
    [property: Id(1)] ImmutableArray<string> Lots,
    [property: Id(2)] int Movements,
    [property: Id(3)] string? JournalEntry,
    [property: Id(4)] string ListUrl,
    [property: Id(5)] string? Backorder,
    [property: Id(6)] ImmutableArray<Sentence> Messages,
    [property: Id(7)] ImmutableArray<Sentence> Warnings
);

/// <summary>A component of which there is too little, in its unit.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.ShortageView")]
public sealed record ShortageView(
    [property: Id(0)] string Material,
    [property: Id(1)] decimal Required,
    [property: Id(2)] decimal Available
);

/// <summary>All allocations of the order after reserving, and what is short.</summary>
[GenerateSerializer, Immutable, Alias("manufactura.ReserveAnswer")]
public sealed record ReserveAnswer(
    [property: Id(0)] ImmutableArray<AllocationView> Allocations,
    [property: Id(1)] ImmutableArray<ShortageView> Shortages
);
