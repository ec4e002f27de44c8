using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>Stock of a material at a location. Only lots that quality let pass and that are not expired count.</summary>
/// <param name="Lot">Only where it was asked by lot.</param>
public sealed record StockRow(
    string Material,
    string Location,
    decimal OnHand,
    decimal Reserved,
    decimal Available,
    string? Lot,
    string Name,
    string Unit,
    decimal? MinStock,
    DateOnly? ExpiresOn
);

/// <summary>
/// An inventory movement; quantity is negative on the way out. <c>UnitCost</c> is what one unit cost then, null where it is not known.
/// </summary>
public sealed record MovementRow(
    long Id,
    string Type,
    string Material,
    string Lot,
    string Location,
    decimal Quantity,
    string? Reference,
    string? Reason,
    bool Withdrawn,
    DateTimeOffset At,
    string By,
    decimal? UnitCost = null
);

/// <summary>What was used up of a component; <c>Costed</c> is the part whose cost was known then, <c>Cost</c> what that part cost.</summary>
public sealed record UsedRow(string Material, decimal Quantity, decimal Costed, decimal Cost);

/// <summary>Which movements; empty lists and nulls do not filter. Withdrawn ones only on demand.</summary>
/// <param name="Order">Those of an order and its partial orders.</param>
public sealed record MovementFilter(
    IReadOnlyList<string> Reference,
    IReadOnlyList<string> Material,
    IReadOnlyList<string> Lot,
    IReadOnlyList<string> Location,
    IReadOnlyList<string> Type,
    DateTimeOffset? From = null,
    DateTimeOffset? Before = null,
    bool Withdrawn = false,
    string? Order = null
)
{
    public static MovementFilter None { get; } = new([], [], [], [], []);
}

/// <summary>What is in stock and what moved.</summary>
public sealed class StockQueries(NpgsqlDataSource database)
{
    /// <summary>By material, location and, where asked, lot.</summary>
    public Task<Page<StockRow>> StockAsync(
        IReadOnlyList<string> material,
        IReadOnlyList<string> location,
        bool byLot,
        DateOnly today,
        PageRequest page,
        CancellationToken ct = default
    ) => PageAsync(new Filtered(byLot ? "stock_by_lot" : "stock").With("today", today), material, location, byLot, page, ct);

    /// <summary>
    /// The same from the ledger, as it stood before an instant: movements that were not withdrawn since, allocations that were open then.
    /// <paramref name="day"/> is the plant's date of that moment, on which lots count as expired or not; what quality had
    /// not released by then does not count.
    /// </summary>
    public Task<Page<StockRow>> StockAtAsync(
        IReadOnlyList<string> material,
        IReadOnlyList<string> location,
        bool byLot,
        DateOnly day,
        DateTimeOffset before,
        PageRequest page,
        CancellationToken ct = default
    )
    {
        var name = byLot ? "stock_at_by_lot" : "stock_at";
        return PageAsync(
            new Filtered(name).With("today", day).With("before", before.ToUniversalTime()),
            material,
            location,
            byLot,
            page,
            ct
        );
    }

    /// <summary>Newest first.</summary>
    public Task<Page<MovementRow>> MovementsAsync(MovementFilter filter, PageRequest page, CancellationToken ct = default) =>
        database.PageAsync(
            new Filtered("list_movements")
                .With("order", filter.Order)
                .With("reference", filter.Reference.ToArray())
                .With("material", filter.Material.ToArray())
                .With("lot", filter.Lot.ToArray())
                .With("location", filter.Location.ToArray())
                .With("type", filter.Type.ToArray())
                .With("from", filter.From?.ToUniversalTime())
                .With("before", filter.Before?.ToUniversalTime())
                .With("withdrawn", filter.Withdrawn)
                .With("after", page.AfterId),
            page,
            r => new MovementRow(
                r.GetInt64(0),
                r.GetString(1),
                r.GetString(2),
                r.GetString(3),
                r.GetString(4),
                r.GetDecimal(5),
                r.Text(6),
                r.Text(7),
                r.GetBoolean(8),
                r.GetFieldValue<DateTimeOffset>(9),
                r.GetString(10),
                r.Decimal(11)
            ),
            m => Cursor.Of(m.Id),
            ct
        );

    /// <summary>What an order and its partial orders used up, by component.</summary>
    public async Task<IReadOnlyList<UsedRow>> UsedByAsync(string order, CancellationToken ct = default) =>
        await database.RowsAsync(
            new Filtered("order_costs").With("order", order),
            r => new UsedRow(r.GetString(0), r.GetDecimal(1), r.GetDecimal(2), r.GetDecimal(3)),
            ct
        );

    private Task<Page<StockRow>> PageAsync(
        Filtered statement,
        IReadOnlyList<string> material,
        IReadOnlyList<string> location,
        bool byLot,
        PageRequest page,
        CancellationToken ct
    )
    {
        statement.With("material", material.ToArray()).With("location", location.ToArray());
        if (page.After is { Parts: var after })
            statement.With("afterMaterial", after[0]).With("afterLocation", after[1]).With("afterLot", byLot ? after[2] : null);
        return database.PageAsync(
            statement,
            page,
            Row,
            s => byLot ? new(s.Material, s.Location, s.Lot!) : new(s.Material, s.Location),
            ct
        );
    }

    private static StockRow Row(NpgsqlDataReader r) =>
        new(
            r.GetString(0),
            r.GetString(1),
            r.GetDecimal(2),
            r.GetDecimal(3),
            r.GetDecimal(2) - r.GetDecimal(3),
            r.Text(4),
            r.GetString(5),
            r.GetString(6),
            r.Decimal(7),
            r.Value<DateOnly>(8)
        );
}
