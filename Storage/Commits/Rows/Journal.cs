namespace Manufactura.Storage.Commits.Rows;

/// <summary>
/// A journal entry; its lines balance to the cent (the caller's rule). <c>Production</c> is the finished order, or the first partial
/// order of the explosion, that it books.
/// </summary>
public sealed record JournalEntryInsert(
    string Number,
    DateOnly Date,
    string Description,
    string Reference,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    string? Production = null
) : IRow;

/// <summary>A line of a journal entry; amounts have at most 2 decimals.</summary>
public sealed record JournalLineInsert(string Entry, int Position, string Account, decimal Debit, decimal Credit) : IRow;
