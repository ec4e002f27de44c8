using System.Globalization;
using Manufactura.Domain.Accounting;
using Npgsql;

namespace Manufactura.Storage.Queries;

/// <summary>Settings of the plant that people change while it runs.</summary>
public sealed class SettingReader(NpgsqlDataSource database)
{
    /// <summary>Account of finished goods; empty: none is set up.</summary>
    public const string FinishedGoods = "accounting.finishedGoods";

    /// <summary>Account of raw materials; empty: none is set up.</summary>
    public const string RawMaterials = "accounting.rawMaterials";

    /// <summary>Last day of the closed period, ISO date.</summary>
    public const string ClosedThrough = "accounting.closedThrough";

    public async Task<AccountingSettings> AccountingAsync(CancellationToken ct = default)
    {
        var settings = AccountingSettings.Default;
        await using var command = database.Command("plant_settings", "accounting.%");
        await using var r = await command.ExecuteReaderAsync(ct);
        while (await r.ReadAsync(ct))
        {
            var value = r.GetString(1) is { Length: > 0 } text ? text : null;
            settings = r.GetString(0) switch
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
