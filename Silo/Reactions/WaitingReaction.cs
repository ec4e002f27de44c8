using System.Collections.Immutable;
using System.Text.Json;
using Manufactura.Domain.Alerts;
using Manufactura.Grains.Interfaces.ProductionOrders;
using Manufactura.Storage;
using Manufactura.Storage.Feeds;
using Manufactura.Storage.Queries;

namespace Manufactura.Silo.Reactions;

/// <summary>
/// When more of a material becomes available (a lot released, counted up, given back, produced), it is offered to the orders that
/// wait for it, and so is what is there when an order begins to wait. What a page of events asks for is offered together.
/// </summary>
public sealed class WaitingReaction(SupplyReader supply, IGrainFactory grains, SupplyWatch watch, TimeProvider time) : IReaction
{
    /// <summary>After so long without an event another process may have followed the feed meanwhile.</summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, ImmutableArray<string>> waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> waitedFor = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal> seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> rose = new(StringComparer.Ordinal);
    private readonly HashSet<string> began = new(StringComparer.Ordinal);
    private long? heardAt;

    public async Task OnAsync(PlantEvent e, CancellationToken ct)
    {
        if (e.Type is not ("order-created" or "order-changed" or "lot-changed"))
            return;
        if (heardAt is not { } last || time.GetElapsedTime(last) > Trusted)
            await RememberAsync(ct);
        if (e.Type == "lot-changed")
            OnLot(e.Data);
        else
            OnOrder(e.Data);
        heardAt = time.GetTimestamp();
    }

    public async Task OnPageAsync(CancellationToken ct)
    {
        if (rose.Count + began.Count == 0)
            return;
        try
        {
            await grains.GetGrain<IWaitingListGrain>(IWaitingListGrain.Key).Offer([.. rose], [.. began]);
        }
        catch (Exception e) when (DatabaseFailure.IsOutage(e) || DatabaseFailure.IsPassing(e))
        {
            // Kept for when the page is read again: its lots have been seen then.
            throw;
        }
        catch
        {
            Forget();
            throw;
        }

        Forget();
    }

    private void Forget()
    {
        rose.Clear();
        began.Clear();
    }

    private async Task RememberAsync(CancellationToken ct)
    {
        waiting.Clear();
        waitedFor.Clear();
        seen.Clear();
        foreach (var order in await supply.WaitingAsync(null, ct))
            Wait(order.Number, order.Components);
        // Who ceased to wait before this was read is among those whose alert stands.
        foreach (var order in await supply.StandingAlertsAsync(AlertPolicy.Of(AlertKind.OrderWaitingForMaterial).Word, ct))
            watch.MarkOrder(order);
    }

    private void OnOrder(JsonElement order)
    {
        var number = order.GetProperty("number").GetString()!;
        var open = order.GetProperty("status").GetString() is "Draft" or "Planned" or "InProgress";
        if (!open || !order.GetProperty("awaitsMaterials").GetBoolean())
        {
            if (EndWait(number))
                watch.MarkOrder(number);
            return;
        }

        watch.MarkOrder(number);
        began.Add(number);
        // An imported order's event does not carry the recipe; the next remembering reads it.
        if (order.TryGetProperty("bomLines", out var lines))
            Wait(number, [.. lines.EnumerateArray().Select(l => l.GetProperty("component").GetString()!)]);
    }

    private void OnLot(JsonElement lot)
    {
        var material = lot.GetProperty("material").GetString()!;
        if (!waitedFor.ContainsKey(material))
            return;
        var code = lot.GetProperty("code").GetString()!;
        var available = lot.GetProperty("status").GetString() == "Available" ? lot.GetProperty("available").GetDecimal() : 0;
        if (available > seen.GetValueOrDefault(code))
            rose.Add(material);
        seen[code] = available;
    }

    private void Wait(string number, ImmutableArray<string> components)
    {
        EndWait(number);
        waiting[number] = components;
        foreach (var component in components)
            waitedFor[component] = waitedFor.GetValueOrDefault(component) + 1;
    }

    private bool EndWait(string number)
    {
        if (!waiting.Remove(number, out var components))
            return false;
        foreach (var component in components)
            if (--waitedFor[component] == 0)
                waitedFor.Remove(component);
        return true;
    }
}
