using Manufactura.Storage.Commits.Rows;
using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage.Commits;

/// <summary>All that a batch does to one lot, as one change that raises its version once.</summary>
internal sealed record MergedLot(string Code)
{
    public decimal OnHand { get; private set; }
    public decimal Reserved { get; private set; }
    public decimal Received { get; private set; }
    public bool Usable { get; private set; }
    public DateOnly Today { get; private set; } = DateOnly.MinValue;
    public int? ExpectedVersion { get; private set; }
    public string? Status { get; private set; }
    public string? Location { get; private set; }
    public string? Attributes { get; private set; }

    /// <summary>Where the lot must lie; empty, which is nowhere, when two units count on different places.</summary>
    public string? At { get; private set; }

    public void Add(IRow row)
    {
        switch (row)
        {
            case LotChange change:
                OnHand += change.OnHand;
                Reserved += change.Reserved;
                Received += change.Received;
                Usable |= change.Use != LotUse.Any;
                Today = change.Today > Today ? change.Today : Today;
                At =
                    change.At is null || At == change.At ? At
                    : At is null ? change.At
                    : "";
                break;
            case LotStatusChange change:
                Expect(change.ExpectedVersion);
                Status = change.Status;
                break;
            case LotUpdate change:
                Expect(change.ExpectedVersion);
                Location = change.Location ?? Location;
                Attributes = change.Attributes ?? Attributes;
                break;
            default:
                throw new ArgumentException($"{row.GetType().Name} does not change a lot.");
        }
    }

    private void Expect(int version)
    {
        if (ExpectedVersion is { } other && other != version)
        {
            throw new ArgumentException($"One unit expects both version {other} and {version} of lot {Code}.");
        }
        ExpectedVersion = version;
    }
}

/// <summary>
/// Writes what many units do to lots as one change per lot: a hot lot costs one update however many callers take from it.
/// Whether the merged change fits is whether every unit fits, since all of them commit at once.
/// </summary>
internal sealed class LotStatement() : Statement(PremiseName)
{
    public const string PremiseName = "LotChange";
    public static readonly Type[] RowTypes = [typeof(LotChange), typeof(LotStatusChange), typeof(LotUpdate), typeof(LotEvent)];
    private static readonly string ChangeSql = SqlText.Of("Commits.Sql.LotChange");

    public override string? KeyOf(IRow row) => CodeOf(row);

    /// <summary>What expects a version meets nobody else's change in its batch, or both would stand under one version.</summary>
    public override bool Shares(IRow row) => row is LotChange;

    public override void AddTo(NpgsqlBatch batch, IReadOnlyList<(Pending Unit, IRow Row)> rows)
    {
        var lots = Merge(rows.Select(r => r.Row)).Values.OrderBy(l => l.Code, StringComparer.Ordinal).ToList();
        if (lots.Count == 0)
        {
            return;
        }
        var fresh = InsertedWith(rows);
        var command = new NpgsqlBatchCommand(ChangeSql);
        command.Parameters.Add(Array(lots, l => l.Code, NpgsqlDbType.Text));
        command.Parameters.Add(Array(lots, l => l.OnHand, NpgsqlDbType.Numeric));
        command.Parameters.Add(Array(lots, l => l.Reserved, NpgsqlDbType.Numeric));
        command.Parameters.Add(Array(lots, l => l.Usable, NpgsqlDbType.Boolean));
        command.Parameters.Add(Array(lots, l => l.Today, NpgsqlDbType.Date));
        command.Parameters.Add(Array(lots, l => l.ExpectedVersion, NpgsqlDbType.Integer));
        command.Parameters.Add(Array(lots, l => l.Status, NpgsqlDbType.Text));
        command.Parameters.Add(Array(lots, l => l.Location, NpgsqlDbType.Text));
        command.Parameters.Add(Array(lots, l => l.Attributes, NpgsqlDbType.Jsonb));
        command.Parameters.Add(Array(lots, l => fresh.Contains(l.Code), NpgsqlDbType.Boolean));
        command.Parameters.Add(Array(lots, l => l.Received, NpgsqlDbType.Numeric));
        command.Parameters.Add(Array(lots, l => l.At, NpgsqlDbType.Text));
        batch.BatchCommands.Add(command);
    }

    /// <summary>The lots that a batch changes, in no order.</summary>
    public static Dictionary<string, MergedLot> Merge(IEnumerable<IRow> rows)
    {
        var lots = new Dictionary<string, MergedLot>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (CodeOf(row) is { } code)
            {
                if (!lots.TryGetValue(code, out var lot))
                {
                    lots[code] = lot = new MergedLot(code);
                }
                lot.Add(row);
            }
        }
        return lots;
    }

    /// <summary>The lot whose row this changes, null for other rows.</summary>
    public static string? CodeOf(IRow row) =>
        row switch
        {
            LotChange r => r.Code,
            LotStatusChange r => r.Code,
            LotUpdate r => r.Code,
            _ => null,
        };

    /// <summary>A lot that is inserted and changed at once stands under the version it was inserted with.</summary>
    private static HashSet<string> InsertedWith(IReadOnlyList<(Pending Unit, IRow Row)> rows) =>
        [.. rows.Select(r => r.Unit).Distinct().SelectMany(u => u.Rows).OfType<LotInsert>().Select(r => r.Code)];
}
