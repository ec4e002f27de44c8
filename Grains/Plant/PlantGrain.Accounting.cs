using System.Globalization;
using Manufactura.Domain;
using Manufactura.Domain.Accounting;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Accounting;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Storage.Commits.Rows;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Plant;

public sealed partial class PlantGrain
{
    public Task<Answer<AccountData>> SaveAccount(AccountData data, SaveMode mode, CommandContext context) =>
        Save<AccountData>(
            MasterKind.Account,
            data.Code,
            mode,
            context,
            _ => Checked(data with { Kind = data.Kind ?? AccountKind.Asset }, MasterRules.Name("name", data.Name))
        );

    public async Task<Answer<AccountingData>> SaveAccounting(AccountingData data, CommandContext context)
    {
        var answer = await WriteAccounting(data, context);
        memory.Clear();
        return answer;
    }

    private Task<Answer<AccountingData>> WriteAccounting(AccountingData data, CommandContext context) =>
        log.CarryOutAsync<AccountingData>(
            context,
            async draft =>
            {
                if (await Exists(MasterTable.Account, "finishedGoodsAccount", data.FinishedGoodsAccount) is { } noFinished)
                    return noFinished;
                if (await Exists(MasterTable.Account, "rawMaterialsAccount", data.RawMaterialsAccount) is { } noRaw)
                    return noRaw;
                if (data.ClosedThrough > clock.Today)
                    return MasterRules.Bad("closedThrough", "no puede ser una fecha futura", "cannot be in the future");
                var rows = await settings.AccountingRowsAsync();
                Set(SettingReader.FinishedGoods, data.FinishedGoodsAccount ?? "", AccountingSettings.Default.FinishedGoods);
                Set(SettingReader.RawMaterials, data.RawMaterialsAccount ?? "", AccountingSettings.Default.RawMaterials);
                Set(
                    SettingReader.ClosedThrough,
                    data.ClosedThrough?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                    ""
                );
                return data;

                void Set(string key, string value, string? otherwise)
                {
                    var row = rows.FirstOrDefault(r => r.Key == key);
                    if ((row?.Value ?? otherwise) == value)
                        return;
                    var version = row?.Version ?? 0;
                    var json = MessageJson.Serialize(new { key, value });
                    draft.Work.Add(new MasterWrite(MasterTable.PlantSetting, key, version, json));
                    draft.Work.Add(
                        new EventInsert(
                            version == 0 ? "setting-created" : "setting-changed",
                            "setting:" + key,
                            null,
                            version + 1,
                            context.Actor,
                            MessageJson.Serialize(
                                new
                                {
                                    key,
                                    value,
                                    before = row?.Value ?? otherwise,
                                }
                            )
                        )
                    );
                }
            }
        );
}
