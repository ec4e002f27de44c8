namespace Manufactura.Storage.Commits.Rows;

/// <summary>A new sales order.</summary>
public sealed record SalesOrderInsert(
    string Number,
    string Status,
    string Customer,
    DateOnly? DueDate,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    int Version = 1
) : IRow;

/// <summary>A sales order as it is to stand. Missed unless the row has <c>ExpectedVersion</c>, which it raises by one.</summary>
public sealed record SalesOrderUpdate(string Number, int ExpectedVersion, string Status, string Customer, DateOnly? DueDate)
    : IRow;

/// <summary>A line of a sales order; positions start at 1.</summary>
public sealed record SalesLineInsert(
    string SalesOrder,
    int Position,
    string Material,
    decimal Quantity,
    string? ProductionOrder = null
) : IRow;

/// <summary>Names the production order made for a line. Missed if there is no such line.</summary>
public sealed record SalesLineUpdate(string SalesOrder, int Position, string? ProductionOrder) : IRow;
