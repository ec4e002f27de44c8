using Manufactura.Storage.Commits.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage.Commits;

/// <summary>One <c>lot-changed</c> event per lot that a batch inserts or changes, with the values as they then stand.</summary>
internal static class LotEvents
{
    private static readonly string Sql = SqlText.Of("Commits.Sql.LotEvents");

    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<Pending> units)
    {
        var causes = new SortedDictionary<string, (string Actor, string? Reason)>(StringComparer.Ordinal);
        foreach (var unit in units)
        {
            AddCauses(causes, unit);
        }
        if (causes.Count == 0)
        {
            return;
        }
        var command = new NpgsqlBatchCommand(Sql);
        command.Parameters.Add(Texts([.. causes.Keys]));
        command.Parameters.Add(Texts([.. causes.Values.Select(c => c.Actor)]));
        command.Parameters.Add(Texts([.. causes.Values.Select(c => c.Reason)]));
        batch.BatchCommands.Add(command);
    }

    private static void AddCauses(SortedDictionary<string, (string, string?)> causes, Pending unit)
    {
        Dictionary<string, LotEvent>? told = null;
        foreach (var row in unit.Rows.OfType<LotEvent>())
        {
            (told ??= new(StringComparer.Ordinal))[row.Code] = row;
        }
        foreach (var row in unit.Rows)
        {
            var code = row is LotInsert insert ? insert.Code : LotStatement.CodeOf(row);
            if (code is not null && !causes.ContainsKey(code))
            {
                causes[code] =
                    told is not null && told.TryGetValue(code, out var cause)
                        ? (cause.Actor, cause.Reason)
                        : (unit.Actor, unit.Reason);
            }
        }
    }

    private static NpgsqlParameter<string?[]> Texts(string?[] values) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
