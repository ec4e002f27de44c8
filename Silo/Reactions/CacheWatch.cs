using Manufactura.Grains.Interfaces.Materials;
using Manufactura.Grains.Materials;
using Manufactura.Grains.Plant;
using Manufactura.Storage.Feeds;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Manufactura.Silo.Reactions;

/// <summary>Tells what this process keeps in memory of changes made anywhere: master data, and lots of active materials.</summary>
public sealed class CacheWatch(
    IFeed feed,
    MaterialCache materials,
    PlantMemory plant,
    ActiveMaterials active,
    IGrainFactory grains,
    TimeProvider time,
    ILogger<CacheWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly string[] Plant = ["location:", "setting:"];
    private static readonly string[] MasterData = ["material:", "attribute:", "unit:"];
    private FeedSubscription? subscribed;
    private long heard;

    /// <summary>Memory here is not older than this event.</summary>
    public long HeardThrough => Math.Max(Volatile.Read(ref heard), subscribed?.AfterId ?? 0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var missed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            using var subscription = subscribed = feed.Subscribe(100_000);
            try
            {
                if (missed)
                    await DoubtAllAsync();
                await foreach (var e in subscription.ReadAllAsync(stoppingToken))
                {
                    await HearAsync(e);
                    Volatile.Write(ref heard, e.Id);
                }

                if (!subscription.Overflowed)
                    return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "What is kept in memory may have missed a change and is read again");
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            missed = true;
        }
    }

    private async Task DoubtAllAsync()
    {
        materials.Clear();
        plant.Clear();
        foreach (var material in active.All)
            await grains.GetGrain<IMaterialGrain>(material).Doubt();
    }

    private async Task HearAsync(PlantEvent e)
    {
        if (Array.Exists(MasterData, m => e.Subject.StartsWith(m, StringComparison.Ordinal)) || e.Type == "plant-imported")
            materials.Clear();
        if (Array.Exists(Plant, p => e.Subject.StartsWith(p, StringComparison.Ordinal)) || e.Type == "plant-imported")
            plant.Clear();
        if (e.Type == "plant-imported")
            await DoubtAllAsync();
        if (e.Type != "lot-changed")
            return;
        var lot = e.Data;
        if (lot.GetProperty("material").GetString() is not { } code || !active.Contains(code))
            return;
        var available = lot.GetProperty("status").GetString() == "Available" ? lot.GetProperty("available").GetDecimal() : 0;
        await grains
            .GetGrain<IMaterialGrain>(code)
            .LotChanged(
                lot.GetProperty("code").GetString()!,
                available,
                lot.TryGetProperty("location", out var place) ? place.GetString() : null
            );
    }
}
