using Manufactura.Grains.Interfaces.Plant;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Manufactura.Silo;

/// <summary>Starts the plant's rounds with the host, however long the database takes to answer.</summary>
public sealed class Rounds(IGrainFactory grains, TimeProvider time, ILogger<Rounds> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<IRoundsGrain>(IRoundsGrain.Key).Wake();
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "The plant's rounds could not start; they are tried again");
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
