using System.Collections.Immutable;

namespace Manufactura.Storage.Commits;

/// <summary>What became of a unit of work.</summary>
public abstract record CommitResult
{
    private CommitResult() { }

    /// <summary>Everything is durable.</summary>
    public sealed record Committed : CommitResult
    {
        /// <summary>The one value.</summary>
        public static Committed Instance { get; } = new();
    }

    /// <summary>
    /// Nothing was changed, because the database was not as the unit expected. <c>Premise</c> is the kind of row (or the constraint)
    /// and <c>Keys</c> the rows concerned (parts of a key are parted by U+001F). Reload, decide again.
    /// </summary>
    public sealed record Missed(string Premise, ImmutableArray<string> Keys) : CommitResult;

    /// <summary>Nothing was changed, because this command was done before. <c>SameBody</c> is false where the key was used for another body.</summary>
    public sealed record Known(string AnswerJson, bool SameBody) : CommitResult;
}

/// <summary>The one way to change the plant's tables.</summary>
public interface ICommitLog
{
    /// <summary>
    /// Writes a unit with whatever else waits, in one transaction. Answers when it is durable or certainly not written; throws
    /// <see cref="PlantUnavailableException"/> when the database cannot be reached. Cancelling counts only until writing has begun.
    /// </summary>
    Task<CommitResult> CommitAsync(UnitOfWork unit, CancellationToken ct = default);

    /// <summary>The stored answer of a command, null when it has not been done.</summary>
    Task<CommitResult.Known?> FindAsync(CommandKey key, CancellationToken ct = default);
}
