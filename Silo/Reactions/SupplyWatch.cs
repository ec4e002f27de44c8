using System.Text.Json;
using Manufactura.Grains.Alerts;
using Manufactura.Storage.Feeds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Manufactura.Silo.Reactions;

/// <summary>
/// Keeps the alerts of low stock, expiring lots, waiting and overdue orders true. Under load a material changes a thousand times a second, so events only
/// mark what to look at, and a few times a second it is looked at how things stand. What a crash leaves unlooked-at is found by the
/// plant's rounds at the next start.
/// </summary>
public sealed class SupplyWatch(AlertSweep sweep, TimeProvider time, ILogger<SupplyWatch> logger) : BackgroundService, IReaction
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private HashSet<string> materials = new(StringComparer.Ordinal);
    private HashSet<string> orders = new(StringComparer.Ordinal);
    private HashSet<string> lots = new(StringComparer.Ordinal);
    private HashSet<string> due = new(StringComparer.Ordinal);
    private int everything;

    public Task OnAsync(PlantEvent e, CancellationToken ct)
    {
        if (e.Type == "lot-changed")
        {
            Mark(ref materials, e.Data.GetProperty("material").GetString()!);
            if (e.Data.TryGetProperty("expiresOn", out var expiry) && expiry.ValueKind == JsonValueKind.String)
                Mark(ref lots, e.Data.GetProperty("code").GetString()!);
        }
        else if (e.Type == "plant-imported")
            Volatile.Write(ref everything, 1);
        else if (e.Type is "order-created" or "order-changed")
        {
            if (e.Data.TryGetProperty("dueDate", out var date) && date.ValueKind == JsonValueKind.String)
                Mark(ref due, e.Data.GetProperty("number").GetString()!);
        }
        else if (e.Subject.StartsWith("material:", StringComparison.Ordinal))
            Mark(ref materials, e.Subject["material:".Length..]);
        return Task.CompletedTask;
    }

    /// <summary>An order began or ceased to wait.</summary>
    public void MarkOrder(string number) => Mark(ref orders, number);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (stock, waiting) = (Take(ref materials), Take(ref orders));
            var (expiring, overdue) = (Take(ref lots), Take(ref due));
            var all = Interlocked.Exchange(ref everything, 0) == 1;
            try
            {
                if (all)
                {
                    await sweep.LookAtDatesAsync();
                    await sweep.LookAtWaitingAsync(null);
                }

                if (expiring.Count > 0)
                    await sweep.LookAtExpiringAsync(expiring);
                if (overdue.Count > 0)
                    await sweep.LookAtOverdueAsync(overdue);
                if (stock.Count > 0)
                    await sweep.LookAtStockAsync(stock);
                if (waiting.Count > 0)
                    await sweep.LookAtWaitingAsync(waiting);
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Alerts could not be brought up to date; they are tried again");
                Volatile.Write(ref everything, all ? 1 : 0);
                foreach (var material in stock)
                    Mark(ref materials, material);
                foreach (var order in waiting)
                    Mark(ref orders, order);
                foreach (var lot in expiring)
                    Mark(ref lots, lot);
                foreach (var order in overdue)
                    Mark(ref due, order);
            }
        }
    }

    private void Mark(ref HashSet<string> set, string code)
    {
        lock (gate)
            set.Add(code);
    }

    private HashSet<string> Take(ref HashSet<string> set)
    {
        lock (gate)
        {
            var taken = set;
            if (taken.Count > 0)
                set = new(StringComparer.Ordinal);
            return taken;
        }
    }
}
