using Manufactura.Storage;

namespace Manufactura.Silo;

/// <summary>
/// A call that a client sent by way of a silo that is gone would wait for its time-out: Orleans fails the calls to a dead silo, not those
/// that only passed through it. So a moment after a gateway was lost, whatever was under way by then is given up, and whoever asked does so
/// again under the same key.
/// </summary>
internal sealed class GatewayLoss : IOutgoingGrainCallFilter, IDisposable
{
    // Calls by way of the other silos are answered within it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private CancellationTokenSource current = new();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var lost = Volatile.Read(ref current).Token;
        var call = context.Invoke();
        try
        {
            await call.WaitAsync(lost);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !call.IsCompleted)
        {
            throw new PlantUnavailableException("The node on the way to the plant is gone.", outcomeUnknown: true);
        }
    }

    public void Dispose() => current.Dispose();

    /// <summary>Called with every change of the number of gateways that this client is connected to.</summary>
    public void OnChange(object? sender, GatewayCountChangedEventArgs change)
    {
        if (change.NumberOfConnectedGateways < change.PreviousNumberOfConnectedGateways)
            Interlocked.Exchange(ref current, new()).CancelAfter(Grace);
    }
}
