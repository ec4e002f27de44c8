using System.Globalization;
using Manufactura.Domain.Accounting;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>One setting as it is stored.</summary>
public sealed record SettingRow(string Key, string Value, int Version);

/// <summary>Settings of the plant that people change while it runs.</summary>
public sealed class SettingReader(NpgsqlDataSource database)
{
    /// <summary>Account of finished goods; empty: none is set up.</summary>
    public const string FinishedGoods = "accounting.finishedGoods";

    /// <summary>Account of raw materials; empty: none is set up.</summary>
    public const string RawMaterials = "accounting.rawMaterials";

    /// <summary>Last day of the closed period, ISO date.</summary>
    public const string ClosedThrough = "accounting.closedThrough";

    /// <summary>The settings of accounting that somebody has set, as they are stored.</summary>
    public async Task<IReadOnlyList<SettingRow>> AccountingRowsAsync(CancellationToken ct = default)
    {
        await using var command = database.Command("plant_settings", "accounting.%");
        await using var r = await command.ExecuteReaderAsync(ct);
        var rows = new List<SettingRow>();
        while (await r.ReadAsync(ct))
            rows.Add(new(r.GetString(0), r.GetString(1), r.GetInt32(2)));
        return rows;
    }

    public async Task<AccountingSettings> AccountingAsync(CancellationToken ct = default)
    {
        var settings = AccountingSettings.Default;
        foreach (var row in await AccountingRowsAsync(ct))
        {
            var value = row.Value.Length > 0 ? row.Value : null;
            settings = row.Key switch
            {
                FinishedGoods => settings with { FinishedGoods = value },
                RawMaterials => settings with { RawMaterials = value },
                ClosedThrough => settings with
                {
                    ClosedThrough = value is null ? null : DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                },
                _ => settings,
            };
        }

        return settings;
    }
}
