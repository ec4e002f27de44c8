namespace Manufactura.Storage.Commits.Rows;

/// <summary>A new physical count, open, with a line for each lot that the location (of the material, if one is named) holds now.</summary>
public sealed record CountInsert(
    string Number,
    string Location,
    string? Material,
    bool Blind,
    string Reason,
    string CreatedBy,
    DateTimeOffset CreatedAt
) : IRow;

/// <summary>A count one version on. Missed unless the row has <c>ExpectedVersion</c>.</summary>
public sealed record CountUpdate(string Number, int ExpectedVersion, string Status, string? ClosedBy, DateTimeOffset? ClosedAt)
    : IRow;

/// <summary>A lot as it was counted. <c>ExpectedVersion</c> 0 inserts, missed if it is there; else missed unless the row has it.</summary>
public sealed record CountLineWrite(
    string Count,
    string Lot,
    int ExpectedVersion,
    decimal? Counted,
    decimal? Booked,
    string? By,
    DateTimeOffset? At,
    decimal? Posted = null
) : IRow;
