using System.Globalization;
using Manufactura.Domain.Alerts;
using Manufactura.Domain.Lots;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Alerts;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Feeds;
using Manufactura.Storage.Queries;

namespace Manufactura.Silo.Reactions;

/// <summary>
/// What follows when a lot fell out of its orders' reach, once they have been offered what there is. Its alert, raised with what each of
/// them had of it, also says what they have now; and what an order of a sale is still short of is asked for, as when the sale was
/// confirmed.
/// </summary>
public sealed class LossReaction(SupplyReader supply, OrderReader orders, IGrainFactory grains) : IReaction
{
    private static readonly CommandContext System = new("system");

    private readonly Dictionary<string, (string Material, bool Expired, int Version, ReleasedAllocation[] Lost)> lots = new(
        StringComparer.Ordinal
    );

    public Task OnAsync(PlantEvent e, CancellationToken ct)
    {
        if (e.Type != "allocations-lost")
            return Task.CompletedTask;
        var data = e.Data;
        var lot = data.GetProperty("lot").GetString()!;
        lots[lot] = (
            data.GetProperty("material").GetString()!,
            data.GetProperty("reason").GetString() == "expired",
            data.GetProperty("version").GetInt32(),
            [
                .. data.GetProperty("orders")
                    .EnumerateArray()
                    .Select(o => new ReleasedAllocation(
                        o.GetProperty("order").GetString()!,
                        lot,
                        o.GetProperty("quantity").GetDecimal()
                    )),
            ]
        );
        return Task.CompletedTask;
    }

    public async Task OnPageAsync(CancellationToken ct)
    {
        foreach (var (lot, (material, expired, version, lost)) in lots.ToArray())
        {
            var now = await orders.LoadManyAsync([.. lost.Select(l => l.Order)], ct);
            // It asks for what nobody has been asked for, so after a crash nothing is asked for twice.
            var busy = false;
            foreach (var order in now.Where(o => o is { SalesOrder: not null, IsOpen: true, AwaitsMaterials: true }))
                busy |=
                    (await grains.GetGrain<IProductionOrderGrain>(order.Number).RequisitionLacks(System)).Problem?.Code == "busy";
            var condition = PlantAlerts.LotLostCondition(lot, expired, version);
            if (await supply.StandingAlertAsync(condition, ct) is { } id)
            {
                var text = PlantAlerts.LotReplanned(lot, expired, material, lost, now.ToDictionary(o => o.Number));
                await grains.GetGrain<IAlertGrain>(id.ToString(CultureInfo.InvariantCulture)).Retell(text.Es, text.En);
            }

            // Whoever kept an order busy has changed it, so there is a page of events to try again with.
            if (!busy)
                lots.Remove(lot);
        }
    }
}
