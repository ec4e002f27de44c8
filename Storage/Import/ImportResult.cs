namespace Manufactura.Storage.Import;

/// <summary>What became of an import: everything or nothing.</summary>
/// <param name="Imported">True when it was committed; false when it was refused and nothing changed.</param>
/// <param name="Rows">Rows read per table, by file name without its extension.</param>
/// <param name="Problems">The bad rows in file order, at most <see cref="ImportLimits.MaxProblems"/>.</param>
/// <param name="ProblemCount">How many there were in all.</param>
public sealed record ImportResult(
    bool Imported,
    IReadOnlyDictionary<string, int> Rows,
    IReadOnlyList<ImportProblem> Problems,
    int ProblemCount
);

/// <summary>One reason why a set was refused.</summary>
/// <param name="File">File or sheet, as it was named by the sender.</param>
/// <param name="Row">Line as an editor shows it, the header being 1; 0 where the whole file is meant.</param>
/// <param name="Column">Header of the column; null where the whole row is meant.</param>
/// <param name="Code">Stable, for programs: <c>unknown-reference</c>, <c>duplicate</c>, <c>invariant</c>, …</param>
public sealed record ImportProblem(string File, int Row, string? Column, string Code, string Es, string En);

/// <summary>Where a running import is. <paramref name="Rows"/> of <paramref name="Total"/> rows of that stage are done.</summary>
public sealed record ImportProgress(ImportStage Stage, string? Table, int Rows, int Total);

public enum ImportStage
{
    Reading,
    Checking,
    Writing,
    Verifying,
    Done,
}

/// <summary>What an import may cost at most; more is refused, not truncated.</summary>
public sealed record ImportLimits
{
    /// <summary>Bytes of one set after decompression.</summary>
    public long MaxBytes { get; init; } = 128L << 20;

    /// <summary>Rows of one set.</summary>
    public int MaxRows { get; init; } = 2_000_000;

    /// <summary>Characters of one field.</summary>
    public int MaxFieldLength { get; init; } = 4000;

    /// <summary>Problems kept; the others are only counted.</summary>
    public int MaxProblems { get; init; } = 10_000;
}
