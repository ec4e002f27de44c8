using System.Collections.Immutable;

namespace Manufactura.Domain.Counts;

/// <summary>Abierto → Contabilizado | Anulado, both final.</summary>
public enum CountStatus
{
    Open,
    Posted,
    Cancelled,
}

/// <summary>
/// One lot of a count. <paramref name="Booked"/> is what the books said at the moment it was counted, so that what is consumed or
/// received afterwards moves both alike; both are null while nobody has counted it.
/// </summary>
public sealed record CountLine(
    string Lot,
    decimal? Counted = null,
    decimal? Booked = null,
    string? By = null,
    DateTimeOffset? At = null,
    int Version = 1
)
{
    /// <summary>What the books are to be corrected by; null while it is not counted.</summary>
    public decimal? Difference => Counted - Booked;
}

/// <summary>
/// A physical count (inventario físico) of a location, or of one material there. Several people fill it; its differences are posted in
/// one step as adjustments under its number.
/// </summary>
/// <param name="Blind">Who counts is not shown what the books say before the lot is counted.</param>
public sealed record StockCount(
    string Number,
    CountStatus Status,
    string Location,
    string? Material,
    bool Blind,
    string Reason,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    string? ClosedBy = null,
    DateTimeOffset? ClosedAt = null,
    int Version = 1
);

/// <summary>A counted quantity as somebody wrote it; null takes a count back. <paramref name="Version"/> is the line's as seen, null overwrites.</summary>
public sealed record CountEntry(string Lot, decimal? Counted, int? Version);
