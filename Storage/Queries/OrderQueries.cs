using Manufactura.Domain.ProductionOrders;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>Which orders; empty lists and nulls do not filter. Words are those of the database.</summary>
/// <param name="From">First instant of creation.</param>
/// <param name="Before">Creation before this instant.</param>
/// <param name="Search">Part of the number, product code or name, or observations; any case.</param>
public sealed record OrderFilter(
    IReadOnlyList<string> Status,
    IReadOnlyList<string> MatrixState,
    IReadOnlyList<string> Material,
    IReadOnlyList<string> Bom,
    IReadOnlyList<string> Line,
    IReadOnlyList<string> Parent,
    IReadOnlyList<string> SalesOrder,
    IReadOnlyList<string> OriginLocation,
    IReadOnlyList<string> Numbers,
    DateTimeOffset? From = null,
    DateTimeOffset? Before = null,
    string? Search = null
)
{
    public static OrderFilter None { get; } = new([], [], [], [], [], [], [], [], []);

    internal Filtered On(string statement) =>
        new Filtered(statement)
            .With("status", Status.ToArray())
            .With("matrixState", MatrixState.ToArray())
            .With("material", Material.ToArray())
            .With("bom", Bom.ToArray())
            .With("line", Line.ToArray())
            .With("parent", Parent.ToArray())
            .With("salesOrder", SalesOrder.ToArray())
            .With("origin", OriginLocation.ToArray())
            .With("numbers", Numbers.ToArray())
            .With("from", From?.ToUniversalTime())
            .With("before", Before?.ToUniversalTime())
            .With("search", Like.Containing(Search));
}

/// <summary>Patterns for <c>ilike</c>.</summary>
internal static class Like
{
    /// <summary>Matches texts that contain this one, its wildcards taken literally; null for no text.</summary>
    public static string? Containing(string? text) =>
        string.IsNullOrWhiteSpace(text)
            ? null
            : '%'
                + text.Trim()
                    .Replace("\\", "\\\\", StringComparison.Ordinal)
                    .Replace("%", "\\%", StringComparison.Ordinal)
                    .Replace("_", "\\_", StringComparison.Ordinal)
                + '%';
}

/// <summary>One component that an order needs; <c>Components</c> is the next level, what that component is itself made of.</summary>
/// <param name="Required">For the whole order less what its backorder took over, in the component's unit.</param>
/// <param name="Reserved">Own open allocations.</param>
/// <param name="Available">Free stock where the order looks: its origin, or everywhere.</param>
/// <param name="Ok">Reserved, available and consumed together cover what is required.</param>
public sealed record Requirement(
    string Component,
    string Name,
    string Unit,
    decimal Required,
    decimal Reserved,
    decimal Available,
    decimal Consumed,
    bool Ok,
    IReadOnlyList<Requirement> Components
);

/// <summary>Lists of orders and what one order needs.</summary>
public sealed class OrderQueries(NpgsqlDataSource database, OrderReader orders)
{
    /// <summary>Newest first, whole.</summary>
    public async Task<Page<ProductionOrder>> ListAsync(OrderFilter filter, PageRequest page, CancellationToken ct = default)
    {
        var rows = await database.PageAsync(
            filter.On("list_orders").With("after", page.AfterId),
            page,
            r => (Number: r.GetString(0), Id: r.GetInt64(1)),
            r => Cursor.Of(r.Id),
            ct
        );
        return new(await orders.LoadManyAsync([.. rows.Items.Select(r => r.Number)], ct), rows.NextCursor);
    }

    /// <summary>The components level by level; null when there is no such order.</summary>
    public async Task<IReadOnlyList<Requirement>?> RequirementsAsync(string order, DateOnly today, CancellationToken ct = default)
    {
        if (await orders.VersionAsync(order, ct) == 0)
            return null;
        var rows = await database.RowsAsync(
            new Filtered("order_requirements").With("order", order).With("today", today),
            r => (Path: r.GetFieldValue<string[]>(0), Row: Requirement(r)),
            ct
        );
        var byParent = rows.ToLookup(r => string.Join('\u001f', r.Path[..^1]), StringComparer.Ordinal);
        return Level([]);

        IReadOnlyList<Requirement> Level(string[] path) =>
            [.. byParent[string.Join('\u001f', path)].Select(r => r.Row with { Components = Level(r.Path) })];
    }

    private static Requirement Requirement(NpgsqlDataReader r)
    {
        var (required, reserved, available, consumed) = (r.GetDecimal(4), r.GetDecimal(5), r.GetDecimal(6), r.GetDecimal(7));
        return new(
            r.GetString(1),
            r.GetString(2),
            r.GetString(3),
            required,
            reserved,
            available,
            consumed,
            reserved + available + consumed >= required,
            []
        );
    }
}
