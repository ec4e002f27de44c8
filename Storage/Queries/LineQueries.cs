using System.Text.Json;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>An order in a line's queue; outstanding in units and in kilograms.</summary>
public sealed record QueuedOrder(
    string Number,
    string Material,
    string MaterialName,
    string Status,
    decimal Outstanding,
    decimal Kg,
    DateOnly? DueDate,
    int Priority,
    decimal? Position
);

/// <summary>
/// A line's load per shift. Assigned = outstanding kilograms of its open orders; percent may exceed 100. Produced today in units;
/// planned today = produced today and what is outstanding of its orders that are in progress or due by today.
/// </summary>
public sealed record LineLoad(
    string Code,
    string Name,
    bool Active,
    decimal CapacityKg,
    decimal AssignedKg,
    decimal Percent,
    decimal ProducedToday,
    decimal PlannedToday,
    IReadOnlyList<QueuedOrder> Queue
);

/// <summary>Loads of production lines.</summary>
public sealed class LineQueries(NpgsqlDataSource database)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>One line, or null. <paramref name="midnight"/> is the instant at which the plant's day began.</summary>
    public async Task<LineLoad?> LoadAsync(
        string code,
        DateOnly today,
        DateTimeOffset midnight,
        CancellationToken ct = default
    ) => (await ReadAsync(new Filtered("line_load").With("code", code), today, midnight, ct)) is [var load] ? load : null;

    /// <summary>Every line, by code.</summary>
    public async Task<IReadOnlyList<LineLoad>> LoadsAsync(
        DateOnly today,
        DateTimeOffset midnight,
        CancellationToken ct = default
    ) => await ReadAsync(new Filtered("line_load"), today, midnight, ct);

    private Task<List<LineLoad>> ReadAsync(Filtered statement, DateOnly today, DateTimeOffset midnight, CancellationToken ct) =>
        database.RowsAsync(
            statement.With("today", today).With("midnight", midnight.ToUniversalTime()),
            r => new LineLoad(
                r.GetString(0),
                r.GetString(1),
                r.GetBoolean(2),
                r.GetDecimal(3),
                r.GetDecimal(4),
                r.GetDecimal(5),
                r.GetDecimal(6),
                r.GetDecimal(7),
                JsonSerializer.Deserialize<QueuedOrder[]>(r.GetString(8), Web)!
            ),
            ct
        );
}
