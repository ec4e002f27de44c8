using System.Text.Json;
using Manufactura.Grains.Alerts;
using Manufactura.Storage.Feeds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Manufactura.Silo.Reactions;

/// <summary>
/// Keeps the alerts of low stock and waiting orders true. Under load a material changes a thousand times a second, so events only
/// mark what to look at, and a few times a second it is looked at how things stand. What a crash leaves unlooked-at is found by the
/// plant's rounds at the next start.
/// </summary>
public sealed class SupplyWatch(AlertSweep sweep, TimeProvider time, ILogger<SupplyWatch> logger) : BackgroundService, IReaction
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private HashSet<string> materials = new(StringComparer.Ordinal);
    private HashSet<string> orders = new(StringComparer.Ordinal);

    public Task OnAsync(PlantEvent e, CancellationToken ct)
    {
        if (e.Type == "lot-changed")
        {
            using var data = JsonDocument.Parse(e.DataJson);
            Mark(ref materials, data.RootElement.GetProperty("material").GetString()!);
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
            try
            {
                if (stock.Count > 0)
                    await sweep.LookAtStockAsync(stock);
                if (waiting.Count > 0)
                    await sweep.LookAtWaitingAsync(waiting);
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Alerts could not be brought up to date; they are tried again");
                foreach (var material in stock)
                    Mark(ref materials, material);
                foreach (var order in waiting)
                    Mark(ref orders, order);
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
