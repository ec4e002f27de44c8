using System.Text.Json;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>A line with what it can make (material to priority), its calendar as JSON (null: none set) and the last event before the read.</summary>
public sealed record LineState(
    string Code,
    string Name,
    bool Active,
    decimal CapacityKg,
    IReadOnlyDictionary<string, int> Products,
    string? Calendar,
    int CalendarVersion,
    long LastEvent
);

/// <summary>An open order as a line's queue shows it. <paramref name="Id"/> rises with age; outstanding in units and kilograms.</summary>
public sealed record QueueRow(
    string Number,
    long Id,
    string? Line,
    string Material,
    string MaterialName,
    string Status,
    decimal Quantity,
    decimal Outstanding,
    decimal Kg,
    DateOnly? DueDate,
    int Priority,
    decimal? Position
);

/// <summary>What was heard of a line: through which event, whether all is to be read again, else which orders are.</summary>
public sealed record LineNews(long LastEvent, bool Everything, IReadOnlyList<string> Orders);

/// <summary>Reads lines for those who keep them in memory: whole once, afterwards what the event table says has changed.</summary>
public sealed class LineReader(NpgsqlDataSource database)
{
    /// <summary>The line as it is committed now, or null.</summary>
    public async Task<LineState?> FindAsync(string code, CancellationToken ct = default)
    {
        await using var command = database.Command("line_state", code);
        await using var r = await command.ExecuteReaderAsync(ct);
        return await r.ReadAsync(ct)
            ? new(
                r.GetString(0),
                r.GetString(1),
                r.GetBoolean(2),
                r.GetDecimal(3),
                JsonSerializer.Deserialize<Dictionary<string, int>>(r.GetString(4))!,
                r.Text(5),
                r.GetInt32(6),
                r.GetInt64(7)
            )
            : null;
    }

    /// <summary>All open orders on a line, in no order.</summary>
    public Task<List<QueueRow>> QueueAsync(string line, CancellationToken ct = default) =>
        database.RowsAsync(new Filtered("line_queue").With("line", line), Row, ct);

    /// <summary>Those of these orders that are open, on whatever line.</summary>
    public Task<List<QueueRow>> OrdersAsync(IReadOnlyCollection<string> numbers, CancellationToken ct = default) =>
        database.RowsAsync(new Filtered("line_queue").With("numbers", numbers.ToArray()), Row, ct);

    /// <summary>
    /// What became known of a line after an event. Costs as much as there is news: an event's place in the table is its place in
    /// the order of commits, so that nothing is missed and nothing needs to be told.
    /// </summary>
    public async Task<LineNews> NewsAsync(string line, long afterEvent, CancellationToken ct = default)
    {
        await using var command = database.Command("line_news", afterEvent, "line:" + line);
        await using var r = await command.ExecuteReaderAsync(ct);
        await r.ReadAsync(ct);
        return new(r.GetInt64(0), r.GetBoolean(1), r.IsDBNull(2) ? [] : r.GetFieldValue<string[]>(2));
    }

    /// <summary>Units made on a line since an instant, withdrawn ones left out.</summary>
    public async Task<decimal> ProducedAsync(string line, DateTimeOffset since, CancellationToken ct = default)
    {
        await using var command = database.Command("line_produced", line, since.ToUniversalTime());
        return (decimal)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Codes of the lines that can make a product, inactive ones too, by priority.</summary>
    public Task<List<string>> MakingAsync(string material, CancellationToken ct = default) =>
        CodesAsync("lines_making", ct, material);

    /// <summary>Codes of the lines that have open orders of these materials.</summary>
    public Task<List<string>> QueueingAsync(IReadOnlyCollection<string> materials, CancellationToken ct = default) =>
        CodesAsync("lines_queueing", ct, [materials.ToArray()]);

    /// <summary>Who put an order onto the line where it is (null: off its line), and when; nulls where that is not recorded.</summary>
    public async Task<(string? By, DateTimeOffset? At)> PutThereAsync(string order, string? line, CancellationToken ct = default)
    {
        await using var command = database.Command("line_put_there", "order:" + order, line ?? "");
        await using var r = await command.ExecuteReaderAsync(ct);
        return await r.ReadAsync(ct) ? (r.GetString(0), r.GetFieldValue<DateTimeOffset>(1)) : (null, null);
    }

    /// <summary>Codes of all lines.</summary>
    public Task<List<string>> AllAsync(CancellationToken ct = default) => CodesAsync("lines_all", ct);

    /// <summary>Open orders on no line, the most urgent first, and how many there are in all.</summary>
    /// <param name="search">Part of the number, the product's code or its name; null for all.</param>
    public async Task<(IReadOnlyList<QueueRow> Orders, long Count)> TrayAsync(
        string? search,
        int limit,
        CancellationToken ct = default
    )
    {
        var wanted = new Filtered("lines_tray").With("limit", limit).With("search", search is null ? null : Like(search));
        var orders = await database.RowsAsync(wanted, Row, ct);
        await using var count = database.Command("lines_tray_count");
        return (orders, (long)(await count.ExecuteScalarAsync(ct))!);
    }

    /// <summary>Which products each line can make.</summary>
    public async Task<ILookup<string, string>> ProductsAsync(CancellationToken ct = default) =>
        (
            await database.RowsAsync(new Filtered("lines_products"), r => (Line: r.GetString(0), Material: r.GetString(1)), ct)
        ).ToLookup(p => p.Line, p => p.Material, StringComparer.Ordinal);

    private static string Like(string search) =>
        $"%{search.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    private async Task<List<string>> CodesAsync(string statement, CancellationToken ct, params object[] values)
    {
        await using var command = database.Command(statement, values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var codes = new List<string>();
        while (await reader.ReadAsync(ct))
            codes.Add(reader.GetString(0));
        return codes;
    }

    private static QueueRow Row(NpgsqlDataReader r) =>
        new(
            r.GetString(0),
            r.GetInt64(1),
            r.Text(2),
            r.GetString(3),
            r.GetString(4),
            r.GetString(5),
            r.GetDecimal(6),
            r.GetDecimal(7),
            r.GetDecimal(8),
            r.Value<DateOnly>(9),
            r.GetInt32(10),
            r.Decimal(11)
        );
}
