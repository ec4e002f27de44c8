using Manufactura.Domain;
using Manufactura.Grains.Interfaces;
using Manufactura.Storage.Commits;

namespace Manufactura.Grains;

/// <summary>What a command changes: the next state in memory, the rows that say so, and the answer.</summary>
/// <remarks><paramref name="Settle"/> is told how the commit went, for holds that waited for it.</remarks>
public sealed record Change<TState, TAnswer>(
    TState Next,
    UnitOfWork Work,
    TAnswer Answer,
    Func<CommitResult?, Task>? Settle = null
);

/// <summary>
/// Carries out commands that may be repeated: the answer of a command with a key is stored with what it changed, and a
/// repetition gets that answer. Refusals are not kept.
/// </summary>
public static class CommandDesk
{
    /// <summary>How often a command is decided anew when the database knew more than the grain.</summary>
    public const int Attempts = 12;

    /// <summary>The key under which the answer is kept; null for a command without one.</summary>
    public static CommandKey? KeyOf(CommandContext context) =>
        context.Key is null
            ? null
            : new(context.Actor, context.Call, context.Key, context.BodyHash.IsDefault ? [] : context.BodyHash);

    /// <summary>The stored answer of a command that was carried out before; null when it is new.</summary>
    public static async Task<Answer<T>?> AnsweredAsync<T>(this ICommitLog log, CommandContext context)
        where T : class => KeyOf(context) is { } key && await log.FindAsync(key) is { } known ? Stored<T>(known) : null;

    /// <summary>
    /// The refusal, unless the command was carried out after all: a first try whose answer was lost may have landed since its key was asked
    /// for, and what it did must not be held against its repetition.
    /// </summary>
    public static async Task<Answer<T>> RefuseAsync<T>(this ICommitLog log, CommandContext context, Refusal refusal)
        where T : class => await log.AnsweredAsync<T>(context) ?? (Answer<T>)refusal;

    /// <summary>The answer that a known command has: the stored one, or 422 if the key was used for another body.</summary>
    public static Answer<T> Stored<T>(CommitResult.Known known)
        where T : class => known.SameBody ? MessageJson.Deserialize<T>(known.AnswerJson) : KeyUsed;

    /// <summary>Somebody else was faster, again and again.</summary>
    public static readonly Refusal Busy = new(
        "busy",
        RefusalKind.Conflict,
        "Otra persona cambió los mismos datos en este momento; intente de nuevo.",
        "Somebody else changed the same data at this moment; please try again."
    );

    private static readonly Refusal KeyUsed = new(
        "idempotency-key-reused",
        RefusalKind.Rule,
        "Esa Idempotency-Key ya se usó con otro contenido.",
        "That Idempotency-Key was already used with another body."
    );
}
