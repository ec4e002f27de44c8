namespace Manufactura.Storage.Commits.Rows;

/// <summary>A new cell of an order's matrix.</summary>
public sealed record CellInsert(
    string ProductionOrder,
    string X,
    string Y,
    decimal Planned,
    decimal ToProduce,
    decimal Produced,
    decimal Moved,
    string SetBy,
    DateTimeOffset SetAt,
    int Version = 1
) : IRow;

/// <summary>A cell as it is to stand. Missed unless the row has <c>ExpectedVersion</c>; <c>Version</c> is written as given.</summary>
public sealed record CellUpdate(
    string ProductionOrder,
    string X,
    string Y,
    int ExpectedVersion,
    decimal Planned,
    decimal ToProduce,
    decimal Produced,
    decimal Moved,
    int Version,
    string SetBy,
    DateTimeOffset SetAt
) : IRow;

/// <summary>Takes a cell away. Missed unless the row has <c>ExpectedVersion</c>.</summary>
public sealed record CellDelete(string ProductionOrder, string X, string Y, int ExpectedVersion) : IRow;
