using Manufactura.Dashboard.Access;

namespace Manufactura.Dashboard.Live;

/// <summary>
/// Asks again, while a connection stays open, whether its user or key may still be there: a revoked key, a disabled user or changed roles
/// end it. Who is still good signs in anew with the next connection.
/// </summary>
public sealed class HubAccess(PlantConnections connections, AccessCheck access, TimeProvider time, ILogger<HubAccess> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var screen in connections.All)
                    if (!await access.IsGoodAsync(screen.Connection.User, stoppingToken))
                        screen.Connection.Abort();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "Who may stay connected could not be asked; it is asked again");
            }
        }
    }
}
