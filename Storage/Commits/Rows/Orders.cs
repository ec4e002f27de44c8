namespace Manufactura.Storage.Commits.Rows;

/// <summary>A new production order. <c>BomLines</c> and <c>Axes</c> are JSON. Quantities have at most 3 decimals.</summary>
public sealed record OrderInsert(
    string Number,
    string Status,
    string Material,
    decimal Quantity,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string Kind = "main",
    string? Parent = null,
    string? MatrixState = null,
    string? Bom = null,
    string BomLines = "[]",
    string? Axes = null,
    decimal Produced = 0,
    decimal Moved = 0,
    string? OriginLocation = null,
    string? DestinationLocation = null,
    string? Line = null,
    decimal? LinePosition = null,
    string? SalesOrder = null,
    DateOnly? DueDate = null,
    int Priority = 5,
    string? Observations = null,
    int Partials = 0,
    bool AwaitsMaterials = false,
    int Version = 1,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? FinishedAt = null
) : IRow;

/// <summary>Every mutable column of an order as it is to stand. Missed unless the row has <c>ExpectedVersion</c>, which it raises by one.</summary>
public sealed record OrderUpdate(
    string Number,
    int ExpectedVersion,
    string Status,
    string? MatrixState,
    string? Axes,
    decimal Quantity,
    decimal Produced,
    decimal Moved,
    string? OriginLocation,
    string? DestinationLocation,
    string? Line,
    decimal? LinePosition,
    string? SalesOrder,
    DateOnly? DueDate,
    int Priority,
    string? Observations,
    string BomLines,
    int Partials,
    bool AwaitsMaterials,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt
) : IRow;
