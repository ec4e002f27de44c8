using System.Text;

namespace Manufactura.Storage.Import;

/// <summary>What a column holds.</summary>
internal enum ColumnKind
{
    /// <summary>1 to 60 characters, compared by bytes.</summary>
    Code,
    Text,

    /// <summary>decimal(18,3)</summary>
    Quantity,

    /// <summary>decimal(18,2)</summary>
    Amount,

    /// <summary>0 to 1, four decimals.</summary>
    Ratio,

    /// <summary>decimal(20,6): a place in a queue.</summary>
    Place,
    Integer,
    Boolean,
    Date,
    Instant,

    /// <summary>TONO=T-101;TALLA=28, or a JSON object of texts.</summary>
    Attributes,
}

/// <summary>Which numbers a column takes.</summary>
internal enum Sign
{
    Any,
    NotZero,
    NotNegative,
    Positive,
}

/// <summary>One column of a table of the exchange format; its name is the API's field name.</summary>
internal sealed record Column(string Name, ColumnKind Kind)
{
    public bool Required { get; init; }

    /// <summary>The words it takes, if not any.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>Table of the format in which the value must exist.</summary>
    public string? References { get; init; }

    /// <summary>The referenced row must come in the same set: a document is imported whole or not at all.</summary>
    public bool SameSet { get; init; }
    public Sign Sign { get; init; }
    public int Max { get; init; } = int.MaxValue;

    /// <summary>SQL over the row <c>t</c> that gives the value back; by default the column of the same name in snake_case.</summary>
    public string Sql { get; init; } = "t." + Snake(Name);

    public string SqlType =>
        Kind switch
        {
            ColumnKind.Code => "text collate \"C\"",
            ColumnKind.Quantity or ColumnKind.Amount or ColumnKind.Ratio or ColumnKind.Place => "numeric",
            ColumnKind.Integer => "int",
            ColumnKind.Boolean => "boolean",
            ColumnKind.Date => "date",
            ColumnKind.Instant => "timestamptz",
            ColumnKind.Attributes => "jsonb",
            _ => "text",
        };

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c))
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}

/// <summary>One table of the exchange format: a CSV file or a sheet.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="From">What follows FROM to read it; the row is <c>t</c>.</param>
/// <param name="Order">What follows ORDER BY, so that an import gives identities in the same order.</param>
/// <param name="Key">The columns that are unique.</param>
/// <param name="InsertOnly">Documents: an existing key is an error. Master data are updated instead.</param>
internal sealed record TableSpec(
    string Name,
    string From,
    string Order,
    IReadOnlyList<string> Key,
    bool InsertOnly,
    IReadOnlyList<Column> Columns
)
{
    private readonly Dictionary<string, int> ordinals = Columns
        .Select((column, i) => (column.Name, i))
        .ToDictionary(c => c.Name, c => c.i, StringComparer.OrdinalIgnoreCase);

    public string Staging => "import_" + Name;

    public int? Ordinal(string column) => ordinals.TryGetValue(column, out var i) ? i : null;

    /// <summary>The table's rows with the format's column names.</summary>
    public string Select => $"select {string.Join(", ", Columns.Select(c => $"{c.Sql} as \"{c.Name}\""))} from {From}";
}

/// <summary>A row as it was read: its line in the file and a value per column of the table, null where absent.</summary>
internal sealed record ImportRow(int Line, object?[] Values);

/// <summary>What one file held.</summary>
internal sealed class TableRows(TableSpec spec, string file)
{
    public TableSpec Spec { get; } = spec;
    public string File { get; } = file;
    public List<ImportRow> Rows { get; } = [];

    /// <summary>The columns that the header named.</summary>
    public HashSet<string> Present { get; } = new(StringComparer.Ordinal);

    public object? Get(ImportRow row, string column) => row.Values[Spec.Ordinal(column)!.Value];

    public string? Text(ImportRow row, string column) => (string?)Get(row, column);

    public decimal? Number(ImportRow row, string column) => (decimal?)Get(row, column);
}

/// <summary>All that was read; a table that was not sent has no rows.</summary>
internal sealed class ImportSet
{
    private readonly Dictionary<string, TableRows> tables = PlantTables.All.ToDictionary(
        t => t.Name,
        t => new TableRows(t, t.Name + ".csv")
    );

    public TableRows this[string table]
    {
        get => tables[table];
        set => tables[table] = value;
    }

    public IEnumerable<TableRows> Tables => PlantTables.All.Select(t => tables[t.Name]);
    public HashSet<string> Sent { get; } = new(StringComparer.Ordinal);
    public int RowCount { get; set; }
}
