using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>A quality decision on a lot: release, reject or keep.</summary>
public sealed record InspectionRow(string Decision, string? Result, string? Note, string By, DateTimeOffset At);

/// <summary>A lot as api.md shows it. Available = OnHand − Reserved.</summary>
public sealed record LotRow(
    string Code,
    string Material,
    string Status,
    decimal Quantity,
    decimal OnHand,
    decimal Reserved,
    decimal Available,
    DateOnly? ExpiresOn,
    string? Supplier,
    string? SupplierLot,
    string Location,
    ImmutableDictionary<string, string> Attributes,
    IReadOnlyList<InspectionRow> Inspections,
    int Version,
    string MaterialName,
    string Unit,
    bool Bulk,
    string? ProductionOrder,
    string? Requisition,
    DateTimeOffset ReceivedAt
);

/// <summary>Which lots; empty lists and nulls do not filter.</summary>
/// <param name="ExpiresBefore">Expiry before this date.</param>
/// <param name="Search">Part of the code, supplier's lot, material code or name; any case.</param>
public sealed record LotFilter(
    IReadOnlyList<string> Material,
    IReadOnlyList<string> Status,
    IReadOnlyList<string> Location,
    DateOnly? ExpiresBefore = null,
    string? Search = null
)
{
    /// <summary>Requisitions that lots were registered against.</summary>
    public IReadOnlyList<string> Requisition { get; init; } = [];

    public static LotFilter None { get; } = new([], [], []);
}

/// <summary>One lot or order of a genealogy.</summary>
/// <param name="Type"><c>lot</c> or <c>order</c>.</param>
/// <param name="Quantity">Of a lot what it was made or received with, of an order what it produced.</param>
public sealed record TraceNode(string Type, string Code, string Material, string MaterialName, string Status, decimal Quantity);

/// <summary>Material went from one node into the other.</summary>
public sealed record TraceLink(string From, string To, decimal Quantity);

/// <summary>What a lot was made of (back) or what was made of it (forward), to any depth.</summary>
public sealed record Trace(string Code, string Direction, IReadOnlyList<TraceNode> Nodes, IReadOnlyList<TraceLink> Links);

/// <summary>Lots and where they come from and go to.</summary>
public sealed class LotQueries(NpgsqlDataSource database)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>By code.</summary>
    public Task<Page<LotRow>> ListAsync(LotFilter filter, PageRequest page, CancellationToken ct = default) =>
        database.PageAsync(
            new Filtered("list_lots")
                .With("material", filter.Material.ToArray())
                .With("status", filter.Status.ToArray())
                .With("location", filter.Location.ToArray())
                .With("requisition", filter.Requisition.ToArray())
                .With("expiresBefore", filter.ExpiresBefore)
                .With("search", Like.Containing(filter.Search))
                .With("after", page.After?.Parts[0]),
            page,
            Row,
            l => new Cursor(l.Code),
            ct
        );

    /// <summary>One lot, or null.</summary>
    public async Task<LotRow?> FindAsync(string code, CancellationToken ct = default) =>
        (await database.RowsAsync(new Filtered("list_lots").With("code", code).With("limit", 1), Row, ct)) is [var lot]
            ? lot
            : null;

    /// <summary>The genealogy of a lot; null when there is no such lot.</summary>
    public async Task<Trace?> TraceAsync(string code, bool forward, CancellationToken ct = default)
    {
        if (await FindAsync(code, ct) is null)
            return null;
        return await TraceAsync(forward ? "trace_forward" : "trace_back", "lot:" + code, forward, ct);
    }

    /// <summary>
    /// What an order used up and whence (back), or made and where that went (forward). Partial orders are one with the order that was
    /// exploded; without links where nothing was produced.
    /// </summary>
    public Task<Trace> TraceOrderAsync(string number, bool forward, CancellationToken ct = default) =>
        TraceAsync(forward ? "trace_order_forward" : "trace_order_back", "order:" + number, forward, ct);

    private async Task<Trace> TraceAsync(string statement, string start, bool forward, CancellationToken ct)
    {
        var code = start[(start.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var links = await database.RowsAsync(
            new Filtered(statement).With("code", code),
            r => new TraceLink(r.GetString(0), r.GetString(1), r.GetDecimal(2)),
            ct
        );
        string[] codes = [.. links.SelectMany(l => new[] { l.From, l.To }).Append(start).Distinct(StringComparer.Ordinal)];
        var nodes = await database.RowsAsync(
            new Filtered("trace_nodes").With("codes", codes),
            r => new TraceNode(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetDecimal(5)),
            ct
        );
        return new(code, forward ? "forward" : "back", nodes, links);
    }

    private static LotRow Row(NpgsqlDataReader r) =>
        new(
            r.GetString(0),
            r.GetString(1),
            r.GetString(2),
            r.GetDecimal(3),
            r.GetDecimal(4),
            r.GetDecimal(5),
            r.GetDecimal(4) - r.GetDecimal(5),
            r.Value<DateOnly>(6),
            r.Text(7),
            r.Text(8),
            r.GetString(9),
            JsonSerializer.Deserialize<ImmutableDictionary<string, string>>(r.GetString(10), Web)!,
            JsonSerializer.Deserialize<InspectionRow[]>(r.GetString(11), Web)!,
            r.GetInt32(12),
            r.GetString(13),
            r.GetString(14),
            r.GetBoolean(15),
            r.Text(16),
            r.Text(17),
            r.GetFieldValue<DateTimeOffset>(18)
        );
}
