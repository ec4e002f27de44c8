using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>One order on the board. <c>Shortages</c>: its components are neither reserved nor free in stock.</summary>
public sealed record KanbanCard(
    string Number,
    string Kind,
    string Status,
    string? MatrixState,
    string Material,
    string MaterialName,
    decimal Quantity,
    decimal Produced,
    decimal Moved,
    DateOnly? DueDate,
    int Priority,
    string? Line,
    string? SalesOrder,
    bool AwaitsMaterials,
    bool Shortages,
    int Version
);

/// <summary>A status with how many orders it has in all and the newest of them.</summary>
public sealed record KanbanColumn(string Status, long Count, IReadOnlyList<KanbanCard> Cards);

/// <summary>The board: a column per status.</summary>
public sealed class KanbanQueries(NpgsqlDataSource database)
{
    private static readonly string[] Statuses = ["Draft", "Planned", "InProgress", "Done", "Cancelled"];

    /// <param name="cards">Cards per column, 1 to 500.</param>
    public async Task<IReadOnlyList<KanbanColumn>> BoardAsync(
        OrderFilter filter,
        int cards,
        DateOnly today,
        CancellationToken ct = default
    )
    {
        var counts = await database.RowsAsync(
            filter.On("kanban_counts"),
            r => KeyValuePair.Create(r.GetString(0), r.GetInt64(1)),
            ct
        );
        var rows = await database.RowsAsync(filter.On("kanban_cards").With("limit", cards).With("today", today), Card, ct);
        var count = counts.ToDictionary(StringComparer.Ordinal);
        return [.. Statuses.Select(s => new KanbanColumn(s, count.GetValueOrDefault(s), [.. rows.Where(c => c.Status == s)]))];
    }

    private static KanbanCard Card(NpgsqlDataReader r) =>
        new(
            r.GetString(0),
            r.GetString(1),
            r.GetString(2),
            r.Text(3),
            r.GetString(4),
            r.GetString(5),
            r.GetDecimal(6),
            r.GetDecimal(7),
            r.GetDecimal(8),
            r.Value<DateOnly>(9),
            r.GetInt32(10),
            r.Text(11),
            r.Text(12),
            r.GetBoolean(13),
            r.GetBoolean(14),
            r.GetInt32(15)
        );
}
