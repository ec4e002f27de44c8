using System.Text.Json;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>A line of a sales order, and the production order it became when it was confirmed.</summary>
public sealed record SalesLineRow(string Material, decimal Quantity, string? ProductionOrder);

/// <summary>A sales order; <c>Supply</c> is <c>waiting</c> while one of its open orders waits for material, else <c>ready</c>.</summary>
public sealed record SalesOrderRow(
    string Number,
    string Status,
    string Customer,
    DateOnly? DueDate,
    IReadOnlyList<SalesLineRow> Lines,
    IReadOnlyList<string> Orders,
    string Supply,
    int Version,
    string CustomerName,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    long Id
);

/// <summary>What a requisition asks for.</summary>
public sealed record RequisitionLineRow(string Material, decimal Quantity, DateOnly? TargetDate);

/// <summary>A requisition with its lines.</summary>
public sealed record RequisitionRow(
    string Number,
    string? Supplier,
    string Status,
    IReadOnlyList<RequisitionLineRow> Lines,
    string Mail,
    string? SalesOrder,
    string? ProductionOrder,
    int Version,
    string? SupplierName,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    long Id
);

/// <summary>Which sales orders or requisitions; empty lists do not filter.</summary>
public sealed record TradeFilter(
    IReadOnlyList<string> Number,
    IReadOnlyList<string> Status,
    IReadOnlyList<string> Party,
    IReadOnlyList<string> SalesOrder,
    IReadOnlyList<string> Material
)
{
    /// <summary>Of requisitions: the production orders that they were made for.</summary>
    public IReadOnlyList<string> ProductionOrder { get; init; } = [];

    public static TradeFilter None { get; } = new([], [], [], [], []);

    internal Filtered On(string statement) =>
        new Filtered(statement)
            .With("number", Number.ToArray())
            .With("status", Status.ToArray())
            .With("party", Party.ToArray())
            .With("salesOrder", SalesOrder.ToArray())
            .With("productionOrder", ProductionOrder.ToArray())
            .With("material", Material.ToArray());
}

/// <summary>Sales orders and requisitions, newest first.</summary>
public sealed class SalesQueries(NpgsqlDataSource database)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary><see cref="TradeFilter.Party"/> is the customer.</summary>
    public Task<Page<SalesOrderRow>> SalesOrdersAsync(TradeFilter filter, PageRequest page, CancellationToken ct = default) =>
        database.PageAsync(
            filter.On("list_sales_orders").With("after", page.AfterId),
            page,
            r => new SalesOrderRow(
                r.GetString(0),
                r.GetString(1),
                r.GetString(2),
                r.Value<DateOnly>(3),
                JsonSerializer.Deserialize<SalesLineRow[]>(r.GetString(4), Web)!,
                r.GetFieldValue<string[]>(5),
                r.GetBoolean(6) ? "waiting" : "ready",
                r.GetInt32(7),
                r.GetString(8),
                r.GetString(9),
                r.GetFieldValue<DateTimeOffset>(10),
                r.GetInt64(11)
            ),
            s => Cursor.Of(s.Id),
            ct
        );

    /// <summary><see cref="TradeFilter.Party"/> is the supplier.</summary>
    public Task<Page<RequisitionRow>> RequisitionsAsync(TradeFilter filter, PageRequest page, CancellationToken ct = default) =>
        database.PageAsync(
            filter.On("list_requisitions").With("after", page.AfterId),
            page,
            r => new RequisitionRow(
                r.GetString(0),
                r.Text(1),
                r.GetString(2),
                JsonSerializer.Deserialize<RequisitionLineRow[]>(r.GetString(3), Web)!,
                r.GetString(4),
                r.Text(5),
                r.Text(6),
                r.GetInt32(7),
                r.Text(8),
                r.GetString(9),
                r.GetFieldValue<DateTimeOffset>(10),
                r.GetInt64(11)
            ),
            s => Cursor.Of(s.Id),
            ct
        );

    /// <summary>One sales order, or null.</summary>
    public async Task<SalesOrderRow?> SalesOrderAsync(string number, CancellationToken ct = default) =>
        (await SalesOrdersAsync(TradeFilter.None with { Number = [number] }, new(1), ct)).Items is [var row] ? row : null;

    /// <summary>One requisition, or null.</summary>
    public async Task<RequisitionRow?> RequisitionAsync(string number, CancellationToken ct = default) =>
        (await RequisitionsAsync(TradeFilter.None with { Number = [number] }, new(1), ct)).Items is [var row] ? row : null;
}
