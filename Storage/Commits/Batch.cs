using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage.Commits;

/// <summary>
/// Units that may share a transaction: no two of them write the same row, except lots whose changes add up. A unit that meets another
/// waits for the next batch, where it finds what the other has left.
/// </summary>
internal sealed class Batch
{
    private readonly Dictionary<(int Place, string Key), (Pending Unit, bool Shared)> claims = [];
    private readonly List<Pending> units = [];

    public IReadOnlyList<Pending> Units => units;

    public int RowCount { get; private set; }

    /// <summary>Adds a unit unless it meets another. Throws where a unit writes a row twice, which is its caller's error.</summary>
    public bool TryAdd(Pending unit)
    {
        var mine = new List<((int, string) Claim, bool Shared)>(unit.Rows.Count + 1);
        if (unit.Command is { } command && !Claim(unit, mine, (-1, CommandStatement.KeyOf(command)), false))
        {
            return false;
        }
        foreach (var row in unit.Rows)
        {
            var statement = Statements.Of(row);
            if (statement.KeyOf(row) is { } key && !Claim(unit, mine, (statement.Place, key), statement.Shares(row)))
            {
                return false;
            }
        }
        foreach (var (claim, shared) in mine)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(claims, claim, out var exists);
            if (exists && ReferenceEquals(entry.Unit, unit) && Statements.At(claim.Item1) is not LotStatement)
            {
                Forget(unit);
                throw new ArgumentException(
                    $"A unit of work writes {Statements.At(claim.Item1).Name} {claim.Item2.Replace('\u001f', ' ')} more than once."
                );
            }
            entry = (unit, shared && (!exists || entry.Shared));
        }
        units.Add(unit);
        RowCount += unit.Rows.Count;
        return true;
    }

    private bool Claim(Pending unit, List<((int, string), bool)> mine, (int, string) claim, bool shared)
    {
        if (claims.TryGetValue(claim, out var other) && other.Unit != unit && !(shared && other.Shared))
        {
            return false;
        }
        mine.Add((claim, shared));
        return true;
    }

    private void Forget(Pending unit)
    {
        foreach (var claim in claims.Where(c => c.Value.Unit == unit).Select(c => c.Key).ToList())
        {
            claims.Remove(claim);
        }
    }
}

/// <summary>All commands of one transaction, in order, for one round trip.</summary>
internal static class BatchText
{
    private static readonly string TurnSql = SqlText.Of("Commits.Sql.LaneTurn");
    private static readonly string PremisesSql = SqlText.Of("Commits.Sql.Premises");
    private static readonly string NotifySql = SqlText.Of("Commits.Sql.FeedNotify");
    private static readonly int EventPlace = Statements.Count - 1;

    /// <summary>Builds the batch. There is no BEGIN: the round trip is one implicit transaction, so an error leaves nothing open.</summary>
    public static NpgsqlBatch Of(NpgsqlConnection connection, IReadOnlyList<Pending> units, Guid lane, int epoch, long number)
    {
        var batch = new NpgsqlBatch(connection);
        var turn = new NpgsqlBatchCommand(TurnSql);
        turn.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = lane, NpgsqlDbType = NpgsqlDbType.Uuid });
        turn.Parameters.Add(new NpgsqlParameter<int> { TypedValue = epoch, NpgsqlDbType = NpgsqlDbType.Integer });
        turn.Parameters.Add(new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint });
        batch.BatchCommands.Add(turn);
        CommandStatement.AddTo(batch, units);
        var rows = ByPlace(units);
        for (var place = 0; place < rows.Length; place++)
        {
            if (place == EventPlace)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(PremisesSql));
            }
            if (rows[place] is { } some)
            {
                Statements.At(place).AddTo(batch, some);
            }
        }
        LotEvents.AddTo(batch, units);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(NotifySql));
        return batch;
    }

    private static List<(Pending, IRow)>?[] ByPlace(IReadOnlyList<Pending> units)
    {
        var rows = new List<(Pending, IRow)>?[Statements.Count];
        foreach (var unit in units)
        {
            foreach (var row in unit.Rows)
            {
                (rows[Statements.Of(row).Place] ??= []).Add((unit, row));
            }
        }
        return rows;
    }
}
