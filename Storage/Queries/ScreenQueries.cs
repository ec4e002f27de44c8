using System.Text.Json;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>An open order of a line; <paramref name="Due"/>: in progress, or to be finished by today.</summary>
public sealed record LineOrder(
    string Number,
    string Name,
    string Status,
    decimal Quantity,
    decimal Outstanding,
    decimal UnitKg,
    bool Due
);

/// <summary>An active line: kilograms per shift and assigned, made today in units and kilograms, its orders, those in progress first.</summary>
public sealed record LineToday(
    string Code,
    string Name,
    decimal CapacityKg,
    decimal AssignedKg,
    decimal Produced,
    decimal ProducedKg,
    IReadOnlyList<LineOrder> Orders
);

/// <summary>A lot with stock and an expiry date.</summary>
public sealed record ExpiringLot(
    string Code,
    string Material,
    string Unit,
    decimal OnHand,
    decimal Reserved,
    DateOnly ExpiresOn,
    string Status
);

/// <summary>An order that tried to reserve and fell short; <paramref name="Missing"/> names the components it lacks.</summary>
public sealed record ScreenOrder(string Number, string Name, DateOnly? DueDate, int Priority, IReadOnlyList<string> Missing);

/// <summary>Open, in progress and overdue orders, and units produced since midnight.</summary>
public sealed record DayCounts(long Open, long InProgress, long Overdue, decimal Produced);

/// <summary>What one person acknowledged; how long half of it had waited at most, in seconds.</summary>
public sealed record AlertsOfPerson(string User, long Acknowledged, double MedianSeconds);

/// <summary>Alerts raised for a role within the hour that begins at <paramref name="Hour"/>.</summary>
public sealed record AlertsOfHour(DateTimeOffset Hour, string Role, long Raised, long Escalated);

/// <summary>What one person acknowledged within the hour that begins at <paramref name="Hour"/>.</summary>
public sealed record TakenInHour(DateTimeOffset Hour, string User, long Acknowledged);

/// <summary>What wall screens and the alerts page read.</summary>
public sealed class ScreenQueries(NpgsqlDataSource database)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Every active line, by code.</summary>
    public Task<List<LineToday>> LinesAsync(DateOnly today, DateTimeOffset midnight, CancellationToken ct = default) =>
        database.RowsAsync(
            new Filtered("screen_lines").With("today", today).With("midnight", midnight.ToUniversalTime()),
            r => new LineToday(
                r.GetString(0),
                r.GetString(1),
                r.GetDecimal(2),
                r.GetDecimal(3),
                r.GetDecimal(4),
                r.GetDecimal(5),
                JsonSerializer.Deserialize<LineOrder[]>(r.GetString(6), Web)!
            ),
            ct
        );

    /// <summary>Lots that expire up to a date, the first to expire first.</summary>
    public Task<List<ExpiringLot>> ExpiringAsync(DateOnly until, int limit, CancellationToken ct = default) =>
        database.RowsAsync(
            new Filtered("screen_expiring").With("until", until).With("limit", limit),
            r => new ExpiringLot(
                r.GetString(0),
                r.GetString(1),
                r.GetString(2),
                r.GetDecimal(3),
                r.GetDecimal(4),
                r.GetFieldValue<DateOnly>(5),
                r.GetString(6)
            ),
            ct
        );

    /// <summary>The most urgent orders that wait for material, and how many wait in all.</summary>
    public async Task<(IReadOnlyList<ScreenOrder> Orders, long Total)> WaitingAsync(int limit, CancellationToken ct = default)
    {
        var rows = await database.RowsAsync(
            new Filtered("screen_waiting").With("limit", limit),
            r =>
                (
                    Order: new ScreenOrder(
                        r.GetString(0),
                        r.GetString(1),
                        r.Value<DateOnly>(2),
                        r.GetInt32(3),
                        JsonSerializer.Deserialize<string[]>(r.GetString(4), Web)!
                    ),
                    Total: r.GetInt64(5)
                ),
            ct
        );
        return ([.. rows.Select(r => r.Order)], rows.Count == 0 ? 0 : rows[0].Total);
    }

    public async Task<DayCounts> CountsAsync(DateOnly today, DateTimeOffset midnight, CancellationToken ct = default) =>
        (
            await database.RowsAsync(
                new Filtered("screen_counts").With("today", today).With("midnight", midnight.ToUniversalTime()),
                r => new DayCounts(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.GetDecimal(3)),
                ct
            )
        )[0];

    /// <summary>The order with a matrix in execution that was worked on last, or null.</summary>
    public async Task<string?> BusyOrderAsync(CancellationToken ct = default) =>
        (await database.RowsAsync(new Filtered("screen_busy_order"), r => r.GetString(0), ct)).FirstOrDefault();

    /// <summary>Who acknowledged how much since an instant.</summary>
    public Task<List<AlertsOfPerson>> AlertsByPersonAsync(DateTimeOffset from, CancellationToken ct = default) =>
        database.RowsAsync(
            new Filtered("alert_figures").With("from", from.ToUniversalTime()),
            r => new AlertsOfPerson(r.GetString(0), r.GetInt64(1), r.GetDouble(2)),
            ct
        );

    /// <summary>Who acknowledged how much in which hour since an instant.</summary>
    public Task<List<TakenInHour>> AlertsTakenByHourAsync(DateTimeOffset from, CancellationToken ct = default) =>
        database.RowsAsync(
            new Filtered("alert_people_hours").With("from", from.ToUniversalTime()),
            r => new TakenInHour(r.GetFieldValue<DateTimeOffset>(0), r.GetString(1), r.GetInt64(2)),
            ct
        );

    /// <summary>What was raised per hour and role since an instant.</summary>
    public Task<List<AlertsOfHour>> AlertsByHourAsync(DateTimeOffset from, CancellationToken ct = default) =>
        database.RowsAsync(
            new Filtered("alert_hours").With("from", from.ToUniversalTime()),
            r => new AlertsOfHour(r.GetFieldValue<DateTimeOffset>(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3)),
            ct
        );
}
