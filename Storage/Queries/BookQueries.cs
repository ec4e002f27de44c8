using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>A production without its entry; both texts say why, as it was when it failed.</summary>
/// <param name="Production">The order itself, or the first partial order of an explosion.</param>
/// <param name="Id">Of the alert that stands for it.</param>
public sealed record UnbookedRow(
    long Id,
    string Order,
    string Production,
    string Material,
    string Name,
    string ReasonEs,
    string ReasonEn,
    DateTimeOffset Since,
    int AlertVersion,
    DateTimeOffset? ProducedAt,
    decimal Quantity,
    string Unit
);

/// <summary>What a production took of a lot; <c>UnitCost</c> is the one it was consumed at, null where there was none.</summary>
public sealed record UseRow(
    string Material,
    string Lot,
    string Location,
    decimal Quantity,
    decimal? UnitCost,
    DateTimeOffset ProducedAt
);

/// <summary>An account with what is booked on it.</summary>
public sealed record AccountRow(string Code, string Name, string Kind, decimal Debit, decimal Credit, long Entries)
{
    /// <summary>Debit less credit.</summary>
    public decimal Balance => Debit - Credit;
}

/// <summary>What is not in the books yet, and the accounts.</summary>
public sealed class BookQueries(NpgsqlDataSource database)
{
    /// <summary>Productions whose entry failed and was not retried, newest first.</summary>
    public Task<Page<UnbookedRow>> UnbookedAsync(string? order, PageRequest page, CancellationToken ct = default) =>
        database.PageAsync(
            new Filtered("list_unbooked").With("order", order).With("after", page.AfterId),
            page,
            r => new UnbookedRow(
                r.GetInt64(0),
                r.GetString(1),
                r.GetString(2),
                r.GetString(3),
                r.GetString(4),
                r.GetString(5),
                r.GetString(6),
                r.GetFieldValue<DateTimeOffset>(7),
                r.GetInt32(8),
                r.Value<DateTimeOffset>(9),
                r.GetDecimal(10),
                r.GetString(11)
            ),
            u => Cursor.Of(u.Id),
            ct
        );

    /// <summary>What a production used up and was not taken back; empty where nothing of it counts any more.</summary>
    public async Task<IReadOnlyList<UseRow>> UsesOfAsync(string production, CancellationToken ct = default)
    {
        await using var command = database.Command("production_uses", production);
        await using var r = await command.ExecuteReaderAsync(ct);
        var uses = new List<UseRow>();
        while (await r.ReadAsync(ct))
            uses.Add(
                new(
                    r.GetString(0),
                    r.GetString(1),
                    r.GetString(2),
                    r.GetDecimal(3),
                    r.Decimal(4),
                    r.GetFieldValue<DateTimeOffset>(5)
                )
            );
        return uses;
    }

    /// <summary>The chart with the sums of each account, by code.</summary>
    public async Task<IReadOnlyList<AccountRow>> AccountsAsync(CancellationToken ct = default) =>
        await database.RowsAsync(
            new Filtered("accounts"),
            r => new AccountRow(r.GetString(0), r.GetString(1), r.GetString(2), r.GetDecimal(3), r.GetDecimal(4), r.GetInt64(5)),
            ct
        );
}
