using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>What one maintenance check found; <c>Sample</c> names up to ten of what is wrong.</summary>
/// <param name="Kind"><c>invariant</c>: at zero in a sound plant; <c>hint</c>: worth a look.</param>
public sealed record CheckResult(
    string Code,
    string Kind,
    string TitleEs,
    string TitleEn,
    long Violations,
    IReadOnlyList<string> Sample
);

/// <summary>A check that can be asked for; its kind as in <see cref="CheckResult"/>.</summary>
public sealed record CheckInfo(string Code, string Kind, string TitleEs, string TitleEn);

/// <summary>The maintenance checks: the seven invariants and what a plant should look at from time to time.</summary>
public sealed class CheckQueries(NpgsqlDataSource database)
{
    private sealed record Check(string Code, string Statement, string Kind, string Es, string En);

    private static readonly Check[] All =
    [
        new(
            "stock-ledger",
            "check_stock_ledger",
            "invariant",
            "Lotes cuya existencia no es la suma de sus movimientos o cuya reserva no es la de sus asignaciones",
            "Lots whose stock is not the sum of their movements, or whose reservation is not that of their allocations"
        ),
        new(
            "matrix-sums",
            "check_matrix_sums",
            "invariant",
            "Órdenes cuya matriz no suma lo ordenado, producido o trasladado",
            "Orders whose matrix does not add up to what was ordered, produced or moved"
        ),
        new(
            "partial-orders",
            "check_partial_orders",
            "invariant",
            "Órdenes cuyas parciales no suman lo producido, o parciales sin exactamente un lote",
            "Orders whose partial orders do not add up to what was produced, or partial orders without exactly one lot"
        ),
        new(
            "consumption",
            "check_consumption",
            "invariant",
            "Órdenes cuyo consumo no es receta × producido, o que consumieron un lote vencido",
            "Orders whose consumption is not BOM × produced, or that used an expired lot"
        ),
        new(
            "journal",
            "check_journal",
            "invariant",
            "Asientos descuadrados y producciones sin asiento ni alerta",
            "Journal entries that do not balance, and productions with neither entry nor alert"
        ),
        new(
            "audit",
            "check_audit",
            "invariant",
            "Cambios sin su evento de auditoría, o con más de uno",
            "Changes without their audit event, or with more than one"
        ),
        new(
            "splits",
            "check_splits",
            "invariant",
            "Divisiones que no conservan la cantidad",
            "Splits that do not conserve the quantity"
        ),
        new(
            "in-progress-over-7-days",
            "check_in_progress",
            "hint",
            "Órdenes en proceso hace más de 7 días",
            "Orders in progress for over 7 days"
        ),
        new("boms-without-lines", "check_boms_without_lines", "hint", "Listas de materiales sin líneas", "BOMs without lines"),
        new(
            "orders-without-locations",
            "check_orders_without_locations",
            "hint",
            "Órdenes abiertas sin ubicación de origen o destino",
            "Open orders without origin or destination location"
        ),
        new(
            "done-without-movements",
            "check_done_without_movements",
            "hint",
            "Órdenes terminadas sin movimientos",
            "Done orders without movements"
        ),
    ];

    /// <summary>Code, kind and titles of every check.</summary>
    public static IReadOnlyList<CheckInfo> Known { get; } = [.. All.Select(c => new CheckInfo(c.Code, c.Kind, c.Es, c.En))];

    /// <summary>Runs them all, one after the other, on what is committed now.</summary>
    /// <param name="zone">The plant's time zone, as PostgreSQL knows it (IANA).</param>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(DateTimeOffset now, string zone, CancellationToken ct = default)
    {
        // One snapshot: a change between two statements must not look like a fault.
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        var results = new List<CheckResult>();
        foreach (var check in All)
        {
            await using var command = On(
                check,
                "select count(distinct key), coalesce((array_agg(distinct key order by key))[1:10], '{}') from",
                "",
                (now, zone)
            );
            (command.Connection, command.Transaction) = (connection, transaction);
            await using var reader = await command.ExecuteReaderAsync(ct);
            await reader.ReadAsync(ct);
            results.Add(new(check.Code, check.Kind, check.Es, check.En, reader.GetInt64(0), reader.GetFieldValue<string[]>(1)));
        }

        await transaction.CommitAsync(ct);
        return results;
    }

    /// <summary>Everything that one check finds, by code; null when there is no such check.</summary>
    public async Task<Page<string>?> FindingsAsync(
        string code,
        DateTimeOffset now,
        string zone,
        PageRequest page,
        CancellationToken ct = default
    )
    {
        if (All.FirstOrDefault(c => c.Code == code) is not { } check)
            return null;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var command = On(
            check,
            "select distinct key from",
            (page.After is null ? "" : "where key > @behind ") + "order by key limit @most",
            (now, zone)
        );
        command.Connection = connection;
        command.Parameters.AddWithValue("most", page.Limit + 1);
        if (page.After is { } after)
            command.Parameters.AddWithValue("behind", after.Parts[0]);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var keys = new List<string>();
        while (await reader.ReadAsync(ct))
            keys.Add(reader.GetString(0));
        if (keys.Count <= page.Limit)
            return new(keys, null);
        keys.RemoveAt(page.Limit);
        return new(keys, new Cursor(keys[^1]).Encode());
    }

    private static NpgsqlCommand On(Check check, string select, string tail, (DateTimeOffset Now, string Zone) plant)
    {
        // Bytes in order, so that a page begins where the last one ended whatever the database's collation.
        var command = new NpgsqlCommand(
            $"{select} (select key collate \"C\" as key from (\n{Query.Text(check.Statement)}\n) found (key)) violation {tail}"
        )
        {
            CommandTimeout = 300,
        };
        if (command.CommandText.Contains("@now", StringComparison.Ordinal))
            command.Parameters.AddWithValue("now", plant.Now.ToUniversalTime());
        if (command.CommandText.Contains("@zone", StringComparison.Ordinal))
            command.Parameters.AddWithValue("zone", plant.Zone);
        return command;
    }
}
