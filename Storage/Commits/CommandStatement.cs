using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage.Commits;

/// <summary>Stores the answers of commands; a command that was done before is a missed premise.</summary>
internal static class CommandStatement
{
    public const string PremiseName = "CommandInsert";
    private static readonly string InsertSql = SqlText.Of("Commits.Sql.CommandInsert");
    private static readonly string KnownSql = SqlText.Of("Commits.Sql.CommandsKnown");

    /// <summary>The key as one text.</summary>
    public static string KeyOf(CommandKey key) => Statements.Join(key.Actor, key.Call, key.Key);

    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<Pending> units)
    {
        var commands = units.Where(u => u.Command is not null).OrderBy(u => KeyOf(u.Command!), StringComparer.Ordinal).ToList();
        if (commands.Count == 0)
        {
            return;
        }
        var command = new NpgsqlBatchCommand(InsertSql);
        command.Parameters.Add(Array(commands, u => KeyOf(u.Command!), NpgsqlDbType.Text));
        command.Parameters.Add(Array(commands, u => u.Command!.Actor, NpgsqlDbType.Text));
        command.Parameters.Add(Array(commands, u => u.Command!.Call, NpgsqlDbType.Text));
        command.Parameters.Add(Array(commands, u => u.Command!.Key, NpgsqlDbType.Text));
        command.Parameters.Add(Array(commands, u => u.Command!.BodyHash.ToArray(), NpgsqlDbType.Bytea));
        command.Parameters.Add(Array(commands, u => u.AnswerJson!, NpgsqlDbType.Text));
        batch.BatchCommands.Add(command);
    }

    /// <summary>The stored answers of those commands that were done, by key.</summary>
    public static async Task<Dictionary<string, CommitResult.Known>> FindAsync(
        NpgsqlConnection connection,
        IReadOnlyList<CommandKey> keys,
        CancellationToken ct
    )
    {
        await using var command = new NpgsqlCommand(KnownSql, connection);
        command.Parameters.Add(Array(keys, k => k.Actor, NpgsqlDbType.Text));
        command.Parameters.Add(Array(keys, k => k.Call, NpgsqlDbType.Text));
        command.Parameters.Add(Array(keys, k => k.Key, NpgsqlDbType.Text));
        var hashes = keys.GroupBy(KeyOf).ToDictionary(g => g.Key, g => g.First().BodyHash, StringComparer.Ordinal);
        var known = new Dictionary<string, CommitResult.Known>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var key = Statements.Join(reader.GetString(0), reader.GetString(1), reader.GetString(2));
            var same = hashes[key].AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(3));
            known[key] = new CommitResult.Known(reader.GetString(4), same);
        }
        return known;
    }

    private static NpgsqlParameter<T[]> Array<TItem, T>(IReadOnlyList<TItem> items, Func<TItem, T> value, NpgsqlDbType type) =>
        new() { TypedValue = [.. items.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type };
}
