using System.Collections.Immutable;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Alerts;
using Manufactura.Grains.Interfaces.Lots;
using Manufactura.Grains.Interfaces.Plant;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Grains.Interfaces.Sales;
using Manufactura.Storage.Queries;
using Orleans.Runtime;

namespace Manufactura.Grains.Plant;

/// <summary>
/// Ticks every minute and looks at the plant's date: a new one, whatever the clocks did at night, starts the pass. The pass asks for
/// every lot that is due by now, so days on which nobody was there need no list.
/// </summary>
[GrainType("rounds")]
public sealed class RoundsGrain(SupplyReader supply, AlertSweep sweep, AlertWaits waits, AlertPost post, PlantClock clock)
    : Grain,
        IRoundsGrain,
        IRemindable
{
    private const string Minute = "minute";

    /// <summary>Lots expired at a time: enough to share commits, few enough to leave the plant its turn.</summary>
    private const int AtOnce = 32;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private DateOnly? passed;

    public async Task Wake()
    {
        if (await this.GetReminder(Minute) is null)
        {
            // On the full minute, so that the pass comes with the new day and not up to a minute after.
            var intoMinute = TimeSpan.FromTicks(clock.Now.Ticks % Period.Ticks);
            await this.RegisterOrUpdateReminder(Minute, Period - intoMinute, Period);
        }

        await Round();
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Round();

    public async Task<ExpiryReport> Expire(DateOnly day)
    {
        var due = await supply.DueLotsAsync(day);
        var concerned = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var some in due.Chunk(AtOnce))
        foreach (var orders in await Task.WhenAll(some.Select(lot => GrainFactory.GetGrain<ILotGrain>(lot).Expire(day))))
            concerned.UnionWith(orders);
        await sweep.LookAtDatesAsync();
        return new(day, [.. due], [.. concerned]);
    }

    private async Task Round()
    {
        var today = clock.Today;
        if (passed != today)
        {
            await Expire(today);
            await sweep.LookAtWaitingAsync(null);
            foreach (var sale in await supply.SalesWithoutOpenOrdersAsync())
                await GrainFactory.GetGrain<ISalesOrderGrain>(sale).OrdersChanged();
            passed = today;
        }

        await OfferAsync();
        await waits.LookAsync();
        await post.TellAsync();
    }

    /// <summary>Behind the reaction that offers at once: what it gave up under contention, or a crash left, is offered again.</summary>
    private async Task OfferAsync()
    {
        string[] wanted = [.. (await supply.WaitingAsync(null)).SelectMany(w => w.Components).Distinct()];
        if (wanted.Length == 0)
            return;
        var free = await supply.FreeAsync(wanted, clock.Today, Material.DefaultMinShelfLifeDays);
        if (free.Count > 0)
            await GrainFactory.GetGrain<IWaitingListGrain>(IWaitingListGrain.Key).Offer([.. free], []);
    }
}
