using System.Collections.Immutable;
using System.Text.Json;
using Manufactura.Domain.Lots;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>What the choice of lots looks at; <paramref name="Free"/> is on hand less reserved.</summary>
public sealed record FreeLot(
    string Code,
    LotStatus Status,
    string Location,
    decimal Free,
    DateOnly? ExpiresOn,
    DateTimeOffset ReceivedAt
);

/// <summary>Reads lots as they are committed now.</summary>
public sealed class LotReader(NpgsqlDataSource database)
{
    /// <summary>Every Available lot of a material.</summary>
    public Task<IReadOnlyList<FreeLot>> AvailableOfAsync(string material, CancellationToken ct = default) =>
        ReadFreeAsync(database.Command("load_free_lots", material), ct);

    /// <summary>These lots, whatever their status, as far as they exist.</summary>
    public Task<IReadOnlyList<FreeLot>> FreeAsync(IReadOnlyCollection<string> codes, CancellationToken ct = default) =>
        ReadFreeAsync(database.Command("load_lots_free", [codes.ToArray()]), ct);

    /// <summary>These lots whole, as far as they exist.</summary>
    public async Task<IReadOnlyList<Lot>> LoadAsync(IReadOnlyCollection<string> codes, CancellationToken ct = default)
    {
        if (codes.Count == 0)
            return [];
        await using var command = database.Command("load_lots", [codes.ToArray()]);
        await using var r = await command.ExecuteReaderAsync(ct);
        var lots = new List<Lot>();
        while (await r.ReadAsync(ct))
            lots.Add(Row(r));
        return lots;
    }

    private static async Task<IReadOnlyList<FreeLot>> ReadFreeAsync(NpgsqlCommand command, CancellationToken ct)
    {
        await using var _ = command;
        await using var r = await command.ExecuteReaderAsync(ct);
        var lots = new List<FreeLot>();
        while (await r.ReadAsync(ct))
            lots.Add(
                new(
                    r.GetString(0),
                    Enum.Parse<LotStatus>(r.GetString(1)),
                    r.GetString(2),
                    r.GetDecimal(3),
                    r.Value<DateOnly>(4),
                    r.GetFieldValue<DateTimeOffset>(5)
                )
            );
        return lots;
    }

    private static Lot Row(NpgsqlDataReader r) =>
        new(
            r.GetString(0),
            r.GetString(1),
            Enum.Parse<LotStatus>(r.GetString(2)),
            r.GetDecimal(3),
            r.GetDecimal(4),
            r.GetDecimal(5),
            r.Value<DateOnly>(6),
            r.Text(7),
            r.Text(8),
            r.GetString(9),
            JsonSerializer.Deserialize<ImmutableDictionary<string, string>>(r.GetString(10))!,
            r.GetBoolean(11),
            r.Text(12),
            r.Text(13),
            r.GetFieldValue<DateTimeOffset>(14),
            r.GetInt32(15)
        );
}
