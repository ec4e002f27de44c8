using System.Collections.Immutable;
using System.Text.Json;
using Manufactura.Domain.Alerts;
using Manufactura.Domain.Materials;
using Manufactura.Grains;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage.Feeds;
using Manufactura.Storage.Queries;

namespace Manufactura.Silo.Reactions;

/// <summary>
/// When more of a material becomes available (a lot released, counted up, given back, produced), the orders that wait for it are
/// offered it one after another: due date, priority, age. An order that has just begun to wait, or lost what it had, is offered what
/// there is: something may have come while it was being decided.
/// </summary>
public sealed class WaitingReaction(
    SupplyReader supply,
    IGrainFactory grains,
    PlantClock clock,
    SupplyWatch watch,
    TimeProvider time
) : IReaction
{
    /// <summary>After so long without an event another process may have followed the feed meanwhile.</summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);

    /// <summary>Orders offered between two looks at whether anything is left.</summary>
    private const int BetweenLooks = 16;

    private readonly Dictionary<string, ImmutableArray<string>> waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal> seen = new(StringComparer.Ordinal);
    private long? heardAt;

    public async Task OnAsync(PlantEvent e, CancellationToken ct)
    {
        if (e.Type is not ("order-created" or "order-changed" or "lot-changed"))
            return;
        if (heardAt is not { } last || time.GetElapsedTime(last) > Trusted)
            await RememberAsync(ct);
        using var data = JsonDocument.Parse(e.DataJson);
        if (e.Type == "lot-changed")
            await OnLotAsync(data.RootElement, ct);
        else
            await OnOrderAsync(data.RootElement, ct);
        heardAt = time.GetTimestamp();
    }

    private async Task RememberAsync(CancellationToken ct)
    {
        waiting.Clear();
        seen.Clear();
        foreach (var order in await supply.WaitingAsync(null, ct))
            waiting[order.Number] = order.Components;
        // Who ceased to wait before this was read is among those whose alert stands.
        foreach (var order in await supply.StandingAlertsAsync(AlertPolicy.Of(AlertKind.OrderWaitingForMaterial).Word, ct))
            watch.MarkOrder(order);
    }

    private async Task OnOrderAsync(JsonElement order, CancellationToken ct)
    {
        var number = order.GetProperty("number").GetString()!;
        var open = order.GetProperty("status").GetString() is "Draft" or "Planned" or "InProgress";
        if (!open || !order.GetProperty("awaitsMaterials").GetBoolean())
        {
            if (waiting.Remove(number))
                watch.MarkOrder(number);
            return;
        }

        watch.MarkOrder(number);
        // An imported order's event does not carry the recipe; the next remembering reads it.
        if (!order.TryGetProperty("bomLines", out var lines))
            return;
        waiting[number] = [.. lines.EnumerateArray().Select(l => l.GetProperty("component").GetString()!)];
        if ((await supply.FreeAsync(waiting[number], clock.Today, Material.DefaultMinShelfLifeDays, ct)).Count > 0)
            await grains.GetGrain<IProductionOrderGrain>(number).ReserveWaiting();
    }

    private async Task OnLotAsync(JsonElement lot, CancellationToken ct)
    {
        var material = lot.GetProperty("material").GetString()!;
        if (!waiting.Values.Any(components => components.Contains(material)))
            return;
        var code = lot.GetProperty("code").GetString()!;
        var available = lot.GetProperty("status").GetString() == "Available" ? lot.GetProperty("available").GetDecimal() : 0;
        var rose = available > seen.GetValueOrDefault(code);
        seen[code] = available;
        if (rose)
            await OfferAsync(material, ct);
    }

    private async Task OfferAsync(string material, CancellationToken ct)
    {
        var offered = 0;
        foreach (var order in await supply.WaitingAsync(material, ct))
        {
            if (
                offered++ % BetweenLooks == 0
                && (await supply.FreeAsync([material], clock.Today, Material.DefaultMinShelfLifeDays, ct)).Count == 0
            )
                return;
            await grains.GetGrain<IProductionOrderGrain>(order.Number).ReserveWaiting();
        }
    }
}
