using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>A physical count and how far it is; <c>Value</c> is what its differences are worth at present unit costs.</summary>
public sealed record CountRow(
    string Number,
    string Status,
    string Location,
    string LocationName,
    string? Material,
    string? MaterialName,
    bool Blind,
    string Reason,
    int Version,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    string? ClosedBy,
    DateTimeOffset? ClosedAt,
    long Lots,
    long Counted,
    long Differing,
    decimal Value,
    long Id
);

/// <summary>A lot of a count; <c>OnHand</c> is what the books say now, <c>Booked</c> what they said when it was counted.</summary>
public sealed record CountLineRow(
    string Lot,
    string Material,
    string Name,
    string Unit,
    string Status,
    decimal OnHand,
    decimal Reserved,
    DateOnly? ExpiresOn,
    decimal? Counted,
    decimal? Booked,
    string? By,
    DateTimeOffset? At,
    decimal? Posted,
    int Version,
    decimal? UnitCost
)
{
    /// <summary>Counted less booked; null while nobody counted it.</summary>
    public decimal? Difference => Counted - Booked;
}

/// <summary>Which lines of a count.</summary>
public sealed record CountLineFilter(IReadOnlyList<string>? Lots = null, bool Uncounted = false, bool Differing = false)
{
    public static CountLineFilter None { get; } = new();
}

/// <summary>Reads physical counts.</summary>
public sealed class CountQueries(NpgsqlDataSource database)
{
    /// <summary>Newest first; empty lists do not filter.</summary>
    public Task<Page<CountRow>> ListAsync(
        IReadOnlyList<string> status,
        IReadOnlyList<string> location,
        PageRequest page,
        CancellationToken ct = default
    ) =>
        database.PageAsync(
            new Filtered("list_counts")
                .With("status", status.ToArray())
                .With("location", location.ToArray())
                .With("after", page.AfterId),
            page,
            Row,
            c => Cursor.Of(c.Id),
            ct
        );

    public async Task<CountRow?> FindAsync(string number, CancellationToken ct = default) =>
        (await database.RowsAsync(new Filtered("list_counts").With("number", (string[])[number]).With("limit", 1), Row, ct))
            is [var row]
            ? row
            : null;

    /// <summary>By material and lot.</summary>
    public Task<Page<CountLineRow>> LinesAsync(
        string number,
        CountLineFilter filter,
        PageRequest page,
        CancellationToken ct = default
    ) =>
        database.PageAsync(
            Lines(number, filter).With("afterMaterial", page.After?.Parts[0]).With("afterLot", page.After?.Parts[1]),
            page,
            Line,
            l => new Cursor(l.Material, l.Lot),
            ct
        );

    /// <summary>All of them at once.</summary>
    public Task<List<CountLineRow>> AllLinesAsync(string number, CountLineFilter filter, CancellationToken ct = default) =>
        database.RowsAsync(Lines(number, filter).With("limit", int.MaxValue), Line, ct);

    private static Filtered Lines(string number, CountLineFilter filter)
    {
        var statement = new Filtered("count_lines").With("number", number).With("lots", filter.Lots?.ToArray());
        if (filter.Uncounted)
            statement.With("uncounted", 1);
        if (filter.Differing)
            statement.With("differing", 1);
        return statement;
    }

    private static CountRow Row(NpgsqlDataReader r) =>
        new(
            r.GetString(0),
            r.GetString(1),
            r.GetString(2),
            r.GetString(3),
            r.Text(4),
            r.Text(5),
            r.GetBoolean(6),
            r.GetString(7),
            r.GetInt32(8),
            r.GetString(9),
            r.GetFieldValue<DateTimeOffset>(10),
            r.Text(11),
            r.Value<DateTimeOffset>(12),
            r.GetInt64(13),
            r.GetInt64(14),
            r.GetInt64(15),
            r.GetDecimal(16),
            r.GetInt64(17)
        );

    private static CountLineRow Line(NpgsqlDataReader r) =>
        new(
            r.GetString(0),
            r.GetString(1),
            r.GetString(2),
            r.GetString(3),
            r.GetString(4),
            r.GetDecimal(5),
            r.GetDecimal(6),
            r.Value<DateOnly>(7),
            r.Decimal(8),
            r.Decimal(9),
            r.Text(10),
            r.Value<DateTimeOffset>(11),
            r.Decimal(12),
            r.GetInt32(13),
            r.Decimal(14)
        );
}
