using Npgsql;
using NpgsqlTypes;

namespace Manufactura.Storage.Commits;

/// <summary>Writes all rows of one kind in a batch, by one set-based file (or several that share their parameters).</summary>
internal abstract class Statement(string name)
{
    /// <summary>The name of the row's kind, of its file, and of the premise that it notes.</summary>
    public string Name { get; } = name;

    /// <summary>Its place in the one order of statements.</summary>
    public int Place { get; set; }

    /// <summary>What the row is the only one to write in a batch; null where rows never meet.</summary>
    public abstract string? KeyOf(IRow row);

    /// <summary>Whether rows of several units with the same key may be written together.</summary>
    public virtual bool Shares(IRow row) => false;

    /// <summary>Appends the commands that write these rows.</summary>
    public abstract void AddTo(NpgsqlBatch batch, IReadOnlyList<(Pending Unit, IRow Row)> rows);

    protected static NpgsqlParameter Array<TItem, TValue>(
        IReadOnlyList<TItem> items,
        Func<TItem, TValue> value,
        NpgsqlDbType type
    )
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(items[i]);
        }
        return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}

/// <summary>The parameters <c>$1 … $n</c> of a statement, in the order in which they are declared.</summary>
internal sealed class Statement<TRow>(string name, params string[] files) : Statement(name)
    where TRow : IRow
{
    private readonly string[] texts = [.. (files.Length == 0 ? [name] : files).Select(f => SqlText.Of($"Commits.Sql.{f}"))];
    private readonly List<Func<IReadOnlyList<TRow>, NpgsqlParameter>> columns = [];
    private Func<TRow, string?>? key;

    public Statement()
        : this(typeof(TRow).Name) { }

    /// <summary>The row's key: the first parameter, by which rows are sorted, so that they are locked in one order everywhere.</summary>
    public Statement<TRow> Key(Func<TRow, string> get)
    {
        key = get;
        return Text(get);
    }

    /// <summary>The row's key where it is no parameter of its own.</summary>
    public Statement<TRow> Guard(Func<TRow, string?> get)
    {
        key = get;
        return this;
    }

    public Statement<TRow> Text(Func<TRow, string?> get) => Column(get, NpgsqlDbType.Text);

    public Statement<TRow> Json(Func<TRow, string?> get) => Column(get, NpgsqlDbType.Jsonb);

    public Statement<TRow> Number(Func<TRow, decimal?> get) => Column(get, NpgsqlDbType.Numeric);

    public Statement<TRow> Int(Func<TRow, int?> get) => Column(get, NpgsqlDbType.Integer);

    public Statement<TRow> Long(Func<TRow, long> get) => Column(get, NpgsqlDbType.Bigint);

    public Statement<TRow> Bool(Func<TRow, bool> get) => Column(get, NpgsqlDbType.Boolean);

    public Statement<TRow> Date(Func<TRow, DateOnly?> get) => Column(get, NpgsqlDbType.Date);

    public Statement<TRow> Instant(Func<TRow, DateTimeOffset?> get) => Column(r => get(r)?.UtcDateTime, NpgsqlDbType.TimestampTz);

    public Statement<TRow> Bytes(Func<TRow, byte[]> get) => Column(get, NpgsqlDbType.Bytea);

    public override string? KeyOf(IRow row) => key?.Invoke((TRow)row);

    public override void AddTo(NpgsqlBatch batch, IReadOnlyList<(Pending Unit, IRow Row)> rows)
    {
        var typed = new TRow[rows.Count];
        for (var i = 0; i < typed.Length; i++)
        {
            typed[i] = (TRow)rows[i].Row;
        }
        if (key is not null && typed.Length > 1)
        {
            System.Array.Sort(System.Array.ConvertAll(typed, r => key(r)), typed, StringComparer.Ordinal);
        }
        foreach (var text in texts)
        {
            var command = new NpgsqlBatchCommand(text);
            foreach (var column in columns)
            {
                command.Parameters.Add(column(typed));
            }
            batch.BatchCommands.Add(command);
        }
    }

    private Statement<TRow> Column<T>(Func<TRow, T> get, NpgsqlDbType type)
    {
        columns.Add(rows => Array(rows, get, type));
        return this;
    }
}
