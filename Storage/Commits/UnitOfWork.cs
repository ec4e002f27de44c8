using System.Collections.Immutable;

namespace Manufactura.Storage.Commits;

/// <summary>Names a command for ever: the same key of the same actor and call is the same command. <c>BodyHash</c> tells a reused key.</summary>
public sealed record CommandKey(string Actor, string Call, string Key, ImmutableArray<byte> BodyHash);

/// <summary>Everything one command changes; written whole or not at all.</summary>
public sealed class UnitOfWork
{
    private readonly List<IRow> rows = [];

    /// <summary>The command's key; with one, <see cref="AnswerJson"/> is stored in the same transaction.</summary>
    public CommandKey? Command { get; init; }

    /// <summary>What the caller of the command is answered. Required where there is a <see cref="Command"/>.</summary>
    public string? AnswerJson { get; set; }

    /// <summary>How many rows have been added.</summary>
    public int Count => rows.Count;

    internal IReadOnlyList<IRow> Rows => rows;

    /// <summary>Adds a change. The order of changes in a unit does not matter: statements have one order.</summary>
    public void Add<TRow>(TRow row)
        where TRow : IRow => rows.Add(row);
}
