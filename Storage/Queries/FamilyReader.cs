using System.Collections.Immutable;
using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>An order with everything below it, and the stock that its productions touched.</summary>
public sealed record OrderFamily(
    ImmutableArray<ProductionOrder> Orders,
    ProductionStock Stock,
    ImmutableArray<FamilyEntry> JournalEntries
);

/// <summary>An entry of one of the orders. <paramref name="Production"/> is null where an import did not say it.</summary>
public sealed record FamilyEntry(string Number, string Reference, string? Production);

/// <summary>Reads what cancelling and undoing look at.</summary>
public sealed class FamilyReader(NpgsqlDataSource database, OrderReader orders, LotReader lots)
{
    /// <summary>The order and its partial orders and backorder chain, to any depth.</summary>
    public async Task<OrderFamily> LoadAsync(string number, CancellationToken ct = default)
    {
        var numbers = await NumbersAsync("order_family", number, ct);
        var family = await orders.LoadManyAsync(numbers, ct);
        var movements = await MovementsAsync(numbers, ct);
        var produced = family.SelectMany(o => o.Lots).ToHashSet(StringComparer.Ordinal);
        var touched = movements
            .Select(m => m.Movement.Lot)
            .Union(produced)
            .Union(family.SelectMany(o => o.Allocations).Select(a => a.Lot))
            .ToArray();
        return new(
            [.. numbers.Select(n => family.First(o => o.Number == n))],
            new([.. await lots.LoadAsync(touched, ct)], movements, await AllocationsAsync([.. produced], ct)),
            await EntriesAsync(numbers, ct)
        );
    }

    /// <summary>The orders above, nearest first.</summary>
    public async Task<IReadOnlyList<ProductionOrder>> AncestorsAsync(string number, CancellationToken ct = default) =>
        await orders.LoadManyAsync(await NumbersAsync("order_ancestors", number, ct), ct);

    /// <summary>Numbers that backorders of this root already have, cancelled ones too.</summary>
    public async Task<IReadOnlyList<string>> BackorderNumbersAsync(string root, CancellationToken ct = default) =>
        await NumbersAsync("backorder_numbers", root, ct);

    /// <summary>Open allocations on these lots.</summary>
    public async Task<ImmutableArray<LotAllocation>> AllocationsAsync(string[] codes, CancellationToken ct = default)
    {
        if (codes.Length == 0)
            return [];
        await using var command = database.Command("lot_open_allocations", [codes]);
        await using var r = await command.ExecuteReaderAsync(ct);
        var open = ImmutableArray.CreateBuilder<LotAllocation>();
        while (await r.ReadAsync(ct))
            open.Add(
                new(
                    r.GetString(0),
                    r.GetString(1),
                    r.GetDecimal(2),
                    r.Value<DateOnly>(3),
                    r.GetInt32(4),
                    r.GetFieldValue<DateTimeOffset>(5)
                )
            );
        return open.ToImmutable();
    }

    private async Task<string[]> NumbersAsync(string query, string number, CancellationToken ct)
    {
        await using var command = database.Command(query, number);
        await using var r = await command.ExecuteReaderAsync(ct);
        var numbers = new List<string>();
        while (await r.ReadAsync(ct))
            numbers.Add(r.GetString(0));
        return [.. numbers];
    }

    private async Task<ImmutableArray<RecordedMovement>> MovementsAsync(string[] references, CancellationToken ct)
    {
        await using var command = database.Command("production_movements", [references]);
        await using var r = await command.ExecuteReaderAsync(ct);
        var found = ImmutableArray.CreateBuilder<RecordedMovement>();
        while (await r.ReadAsync(ct))
            found.Add(
                new(
                    r.GetInt64(0),
                    new(
                        MovementTypes.Parse(r.GetString(1))!.Value,
                        r.GetString(2),
                        r.GetString(3),
                        r.GetString(4),
                        r.GetDecimal(5),
                        r.Text(6),
                        r.Text(7)
                    )
                )
            );
        return found.ToImmutable();
    }

    private async Task<ImmutableArray<FamilyEntry>> EntriesAsync(string[] references, CancellationToken ct)
    {
        await using var command = database.Command("entries_of", [references]);
        await using var r = await command.ExecuteReaderAsync(ct);
        var found = ImmutableArray.CreateBuilder<FamilyEntry>();
        while (await r.ReadAsync(ct))
            found.Add(new(r.GetString(0), r.GetString(1), r.Text(2)));
        return found.ToImmutable();
    }
}
