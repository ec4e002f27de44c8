using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>An order that waits for materials, with the components of its own lines.</summary>
public sealed record WaitingOrder(string Number, ImmutableArray<string> Components);

/// <summary>What counts towards a material's minimum, and whether its alert stands.</summary>
public sealed record StockLevel(string Material, decimal Available, bool AlertStands);

/// <summary>What the commands and reactions of supply ask of the database, as it is committed now.</summary>
public sealed class SupplyReader(NpgsqlDataSource database)
{
    /// <summary>Code of a material's bulk lot at a location, or null.</summary>
    public async Task<string?> BulkLotAsync(string material, string location, CancellationToken ct = default)
    {
        await using var command = database.Command("supply_bulk_lot", material, location);
        return await command.ExecuteScalarAsync(ct) as string;
    }

    /// <summary>All open allocations of a lot.</summary>
    public async Task<ImmutableArray<LotAllocation>> OpenAllocationsAsync(string lot, CancellationToken ct = default) =>
        [
            .. await RowsAsync(
                database.Command("supply_open_allocations", lot),
                r => new LotAllocation(
                    r.GetString(0),
                    r.GetString(1),
                    r.GetDecimal(2),
                    r.Value<DateOnly>(3),
                    r.GetInt32(4),
                    r.GetFieldValue<DateTimeOffset>(5)
                ),
                ct
            ),
        ];

    /// <summary>The number of the last part that was taken of a lot; 0 when there is none.</summary>
    public async Task<int> PartsAsync(string lot, CancellationToken ct = default)
    {
        await using var command = database.Command("supply_parts", lot);
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>What is on hand of a material and not rejected or expired: what its moving average is weighed by.</summary>
    public async Task<decimal> OnHandAsync(string material, CancellationToken ct = default)
    {
        await using var command = database.Command("supply_on_hand", material);
        return (decimal)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Quantity registered so far against a requisition, per material.</summary>
    public async Task<IReadOnlyDictionary<string, decimal>> ReceivedAsync(string requisition, CancellationToken ct = default) =>
        (
            await RowsAsync(database.Command("supply_received", requisition), r => (r.GetString(0), r.GetDecimal(1)), ct)
        ).ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal);

    /// <summary>What was asked of suppliers for this order or its sale and is still to come, per material.</summary>
    public async Task<IReadOnlyDictionary<string, decimal>> AskedAsync(string order, string? sale, CancellationToken ct = default)
    {
        var command = database.Command("supply_asked", order);
        command.Parameters.Add(
            new NpgsqlParameter { Value = (object?)sale ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }
        );
        var rows = await RowsAsync(command, r => (r.GetString(0), r.GetDecimal(1)), ct);
        return rows.ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal);
    }

    /// <summary>Numbers of all production orders of a sale, oldest first.</summary>
    public Task<IReadOnlyList<string>> OrdersOfSaleAsync(string sale, CancellationToken ct = default) =>
        CodesAsync(database.Command("supply_orders_of_sale", sale), ct);

    /// <summary>Open orders that wait and have one of these components (null: all that wait), by due date, priority, age.</summary>
    public Task<IReadOnlyList<WaitingOrder>> WaitingAsync(IReadOnlyCollection<string>? materials, CancellationToken ct = default)
    {
        var command = database.Command("supply_waiting");
        command.Parameters.Add(Texts(materials));
        return RowsAsync(command, r => new WaitingOrder(r.GetString(0), [.. r.GetFieldValue<string[]>(1)]), ct);
    }

    /// <summary>Which of these materials have something that could be reserved: good for their margin (its own, else the default in days).</summary>
    public Task<IReadOnlyList<string>> FreeAsync(
        IReadOnlyCollection<string> materials,
        DateOnly today,
        int defaultMarginDays,
        CancellationToken ct = default
    ) => CodesAsync(database.Command("supply_free", materials.ToArray(), today, defaultMarginDays), ct);

    /// <summary>Lots that the pass of this day makes Expired.</summary>
    public Task<IReadOnlyList<string>> DueLotsAsync(DateOnly day, CancellationToken ct = default) =>
        CodesAsync(database.Command("supply_due_lots", day), ct);

    /// <summary>Levels of the materials that have a minimum; null: of all of them.</summary>
    public Task<IReadOnlyList<StockLevel>> StockLevelsAsync(
        DateOnly today,
        IReadOnlyCollection<string>? materials,
        CancellationToken ct = default
    )
    {
        var command = database.Command("supply_min_stock", today);
        command.Parameters.Add(Texts(materials));
        return RowsAsync(command, r => new StockLevel(r.GetString(0), r.GetDecimal(1), r.GetBoolean(2)), ct);
    }

    /// <summary>Lots still good today whose date is nearer than their material's margin (its own, else the default in days).</summary>
    public Task<IReadOnlyList<string>> ExpiringLotsAsync(DateOnly today, int defaultMarginDays, CancellationToken ct = default) =>
        CodesAsync(database.Command("supply_expiring", today, defaultMarginDays), ct);

    /// <summary>Open orders whose due date is past.</summary>
    public Task<IReadOnlyList<string>> OverdueOrdersAsync(DateOnly today, CancellationToken ct = default) =>
        CodesAsync(database.Command("supply_overdue", today), ct);

    /// <summary>Which of these lots are good today and nearer to their date than their margin.</summary>
    public Task<IReadOnlyList<string>> ExpiringOfAsync(
        DateOnly today,
        int defaultMarginDays,
        IReadOnlyCollection<string> lots,
        CancellationToken ct = default
    ) => CodesAsync(database.Command("supply_expiring_of", today, defaultMarginDays, lots.ToArray()), ct);

    /// <summary>Which of these orders are open after their due date.</summary>
    public Task<IReadOnlyList<string>> OverdueOfAsync(
        DateOnly today,
        IReadOnlyCollection<string> orders,
        CancellationToken ct = default
    ) => CodesAsync(database.Command("supply_overdue_of", today, orders.ToArray()), ct);

    /// <summary>Subjects of those of these conditions that stand.</summary>
    public Task<IReadOnlyList<string>> StandingOfAsync(IEnumerable<string> conditions, CancellationToken ct = default) =>
        CodesAsync(database.Command("supply_standing_of", [conditions.ToArray()]), ct);

    /// <summary>Alerts whose time on the shelf is over.</summary>
    public Task<IReadOnlyList<long>> ReturningAlertsAsync(DateTimeOffset now, CancellationToken ct = default) =>
        RowsAsync(database.Command("supply_returning_alerts", now.ToUniversalTime()), r => r.GetInt64(0), ct);

    /// <summary>Conditions of alerts of these kinds that somebody took by then.</summary>
    public Task<IReadOnlyList<string>> TakenAlertsAsync(
        IReadOnlyCollection<string> kinds,
        DateTimeOffset by,
        CancellationToken ct = default
    ) => CodesAsync(database.Command("supply_taken_alerts", kinds.ToArray(), by.ToUniversalTime()), ct);

    /// <summary>Subjects of the alerts of this kind that stand.</summary>
    public Task<IReadOnlyList<string>> StandingAlertsAsync(string kind, CancellationToken ct = default) =>
        CodesAsync(database.Command("supply_standing_alerts", kind), ct);

    /// <summary>The alert of this condition that stands, or null.</summary>
    public async Task<long?> StandingAlertAsync(string condition, CancellationToken ct = default)
    {
        await using var command = database.Command("supply_standing_alert", condition);
        return await command.ExecuteScalarAsync(ct) as long?;
    }

    /// <summary>Which of these orders are open and wait for materials.</summary>
    public Task<IReadOnlyList<string>> WaitingOfAsync(IReadOnlyCollection<string> orders, CancellationToken ct = default) =>
        CodesAsync(database.Command("supply_waiting_of", [orders.ToArray()]), ct);

    /// <summary>The alerts that nobody acknowledged and that were not escalated, with since when they wait and the word of their kind.</summary>
    public Task<IReadOnlyList<(long Id, DateTimeOffset WaitsSince, string Kind)>> UnescalatedAlertsAsync(
        CancellationToken ct = default
    ) =>
        RowsAsync(
            database.Command("supply_unescalated"),
            r => (r.GetInt64(0), r.GetFieldValue<DateTimeOffset>(1), r.GetString(2)),
            ct
        );

    /// <summary>Confirmed sales all of whose orders are closed.</summary>
    public Task<IReadOnlyList<string>> SalesWithoutOpenOrdersAsync(CancellationToken ct = default) =>
        CodesAsync(database.Command("supply_sales_without_open_orders"), ct);

    private static NpgsqlParameter Texts(IReadOnlyCollection<string>? codes) =>
        new()
        {
            Value = (object?)codes?.ToArray() ?? DBNull.Value,
            NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text,
        };

    private static Task<IReadOnlyList<string>> CodesAsync(NpgsqlCommand command, CancellationToken ct) =>
        RowsAsync(command, r => r.GetString(0), ct);

    private static async Task<IReadOnlyList<T>> RowsAsync<T>(
        NpgsqlCommand command,
        Func<NpgsqlDataReader, T> row,
        CancellationToken ct
    )
    {
        await using var _ = command;
        await using var r = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await r.ReadAsync(ct))
            rows.Add(row(r));
        return rows;
    }
}
