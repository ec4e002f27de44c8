using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Manufactura.Storage.Commits.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage.Commits;

/// <summary>Finds, from what the database said, which units of a batch are to be refused.</summary>
internal static partial class Verdict
{
    private static readonly string LotsSql = SqlText.Of("Commits.Sql.LotsNow");

    /// <summary>The answers of those commands that were done before.</summary>
    public static async Task<Dictionary<string, CommitResult.Known>> KnownAsync(
        NpgsqlConnection connection,
        IReadOnlyList<Pending> units,
        Dictionary<string, HashSet<string>> missed
    )
    {
        if (!missed.TryGetValue(CommandStatement.PremiseName, out var keys))
        {
            return [];
        }
        var asked = units
            .Where(u => u.Command is { } c && keys.Contains(CommandStatement.KeyOf(c)))
            .Select(u => u.Command!)
            .ToList();
        return await CommandStatement.FindAsync(connection, asked, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Answers known commands and units whose own rows missed; returns the others. Lots are left for the next step.</summary>
    public static List<Pending> Refuse(
        IReadOnlyList<Pending> units,
        Dictionary<string, HashSet<string>> missed,
        Dictionary<string, CommitResult.Known> known
    )
    {
        var rest = new List<Pending>(units.Count);
        foreach (var unit in units)
        {
            if (unit.Command is { } command && known.TryGetValue(CommandStatement.KeyOf(command), out var answer))
            {
                unit.Answer(answer);
            }
            else if (MissOf(unit, missed) is { } miss)
            {
                CommitMetrics.Refused(1);
                unit.Answer(miss);
            }
            else
            {
                rest.Add(unit);
            }
        }
        return rest;
    }

    /// <summary>
    /// A merged change of a lot did not fit: lets the units have the lot as it stands in the order in which they came, and refuses
    /// those that find too little. The next attempt checks again, so a row that moved meanwhile costs a round and no wrong write.
    /// </summary>
    public static async Task<IReadOnlyList<Pending>> RefuseByLotsAsync(
        NpgsqlConnection connection,
        List<Pending> units,
        Dictionary<string, HashSet<string>> missed
    )
    {
        if (!missed.TryGetValue(LotStatement.PremiseName, out var codes))
        {
            return units;
        }
        var lots = await LotsAsync(connection, codes).ConfigureAwait(false);
        var rest = new List<Pending>(units.Count);
        foreach (var unit in units)
        {
            var wanted = LotStatement.Merge(unit.Rows.Where(r => LotStatement.CodeOf(r) is { } c && codes.Contains(c)));
            var short_ = wanted
                .Values.Where(w => !(lots.TryGetValue(w.Code, out var lot) && lot.Fits(w)))
                .Select(w => w.Code)
                .ToList();
            if (short_.Count > 0)
            {
                CommitMetrics.Refused(1);
                unit.Answer(new CommitResult.Missed(LotStatement.PremiseName, [.. short_]));
                continue;
            }
            foreach (var change in wanted.Values)
            {
                lots[change.Code] = lots[change.Code].After(change);
            }
            rest.Add(unit);
        }
        return rest;
    }

    /// <summary>The answer to a unit that alone breaks a constraint.</summary>
    public static CommitResult OfConstraint(PostgresException e) =>
        new CommitResult.Missed(e.ConstraintName ?? e.ColumnName ?? e.SqlState, [.. ValuesIn(e)]);

    /// <summary>The units that write the rows a constraint names, or all that could have.</summary>
    public static IReadOnlyList<Pending> Suspects(IReadOnlyList<Pending> units, PostgresException e)
    {
        var values = ValuesIn(e);
        var failing = FailingRow().Match(e.Detail ?? "") is { Success: true } row ? row.Groups[1].Value.Split(", ") : [];
        var suspects = units
            .Where(u => u.Rows.Any(r => values.Length > 0 ? Mentions(r, values) : failing.Length > 0 && IsOf(r, failing)))
            .ToList();
        return suspects.Count == 0 ? units : suspects;
    }

    private static CommitResult.Missed? MissOf(Pending unit, Dictionary<string, HashSet<string>> missed)
    {
        foreach (var group in unit.Rows.GroupBy(Statements.Of))
        {
            if (group.Key is LotStatement || !missed.TryGetValue(group.Key.Name, out var keys))
            {
                continue;
            }
            var mine = group.Select(group.Key.KeyOf).OfType<string>().Where(keys.Contains).ToImmutableArray();
            if (mine.Length > 0)
            {
                return new CommitResult.Missed(group.Key.Name, mine);
            }
        }
        return null;
    }

    private static async Task<Dictionary<string, LotNow>> LotsAsync(NpgsqlConnection connection, IEnumerable<string> codes)
    {
        await using var command = new NpgsqlCommand(LotsSql, connection);
        command.Parameters.Add(
            new NpgsqlParameter<string[]> { TypedValue = [.. codes], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }
        );
        var lots = new Dictionary<string, LotNow>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            DateOnly? expires = reader.IsDBNull(4) ? null : reader.GetFieldValue<DateOnly>(4);
            lots[reader.GetString(0)] = new(
                reader.GetString(1),
                reader.GetDecimal(2),
                reader.GetDecimal(3),
                expires,
                reader.GetInt32(5),
                reader.GetString(6)
            );
        }
        return lots;
    }

    // DETAIL is "Key (a, b)=(1, 2) …" or "Failing row contains (1, 2, …)."
    private static string[] ValuesIn(PostgresException e)
    {
        var match = KeyDetail().Match(e.Detail ?? "");
        return match.Success ? [.. match.Groups[1].Value.Split(", ").Where(v => v.Length > 0)] : [];
    }

    // A failure's rare path: the generated ToString of a record has all its values.
    private static bool Mentions(IRow row, string[] values)
    {
        var text = row.ToString()!;
        return Array.TrueForAll(values, v => text.Contains(v, StringComparison.Ordinal));
    }

    private static bool IsOf(IRow row, string[] failing) =>
        Statements.Of(row).KeyOf(row) is { } key && Array.TrueForAll(key.Split('\u001f'), part => failing.Contains(part));

    [GeneratedRegex(@"=\((.*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex KeyDetail();

    [GeneratedRegex(@"^Failing row contains \((.*)\)\.$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex FailingRow();

    private sealed record LotNow(
        string Status,
        decimal OnHand,
        decimal Reserved,
        DateOnly? ExpiresOn,
        int Version,
        string Location
    )
    {
        public bool Fits(MergedLot change) =>
            (change.ExpectedVersion is not { } expected || expected == Version)
            && (change.At is not { } place || place == Location)
            && (!change.Usable || (Status is "Available" or "Depleted" && (ExpiresOn is not { } date || date > change.Today)))
            && Reserved + change.Reserved >= 0
            && Reserved + change.Reserved <= OnHand + change.OnHand;

        public LotNow After(MergedLot change) =>
            this with
            {
                OnHand = OnHand + change.OnHand,
                Reserved = Reserved + change.Reserved,
            };
    }
}
