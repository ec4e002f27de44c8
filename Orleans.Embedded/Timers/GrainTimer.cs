using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>A timer whose ticks are requests of its activation. The next period starts when a tick has ended.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Activation activation;
    private readonly Func<CancellationToken, Task> callback;
    private readonly GrainTimerCreationOptions options;
    private readonly CancellationTokenSource ended = new();
    private TimeSpan period;
    private ITimer? clock;
    private int posted;
    private volatile bool changed;

    private GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        (this.activation, this.callback, this.options, period) = (activation, callback, options, options.Period);
    }

    public static GrainTimer Start(
        Activation activation,
        Func<CancellationToken, Task> callback,
        GrainTimerCreationOptions options
    )
    {
        if (Activation.Running != activation)
            throw new InvalidOperationException("A grain's timer is registered in the grain's own turn.");
        var timer = new GrainTimer(activation, callback, options);
        var flow = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        try
        {
            timer.clock = activation.Runtime.Clock.CreateTimer(
                static self => ((GrainTimer)self!).Fire(),
                timer,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
        }
        finally
        {
            flow?.Undo();
        }
        if (activation.TryAdd(timer))
            timer.clock.Change(options.DueTime, Timeout.InfiniteTimeSpan);
        else
            timer.End();
        return timer;
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        this.period = period;
        changed = true;
        clock!.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        activation.Remove(this);
        End();
    }

    /// <summary>No tick starts after this; the token of one that runs is cancelled.</summary>
    public void End()
    {
        clock!.Dispose();
        ended.Cancel();
    }

    private void Fire()
    {
        if (activation.Runtime.Stopping || Interlocked.Exchange(ref posted, 1) == 1)
            return;
        var tick = new InternalCall("timer", _ => TickAsync())
        {
            Interleave = options.Interleave,
            KeepsAlive = options.KeepAlive,
            Moves = false,
        };
        activation.TryPost(tick);
    }

    private async Task TickAsync()
    {
        Volatile.Write(ref posted, 0);
        if (ended.IsCancellationRequested)
            return;
        changed = false;
        try
        {
            await callback(ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested) { }
        catch (Exception error)
        {
            activation.Runtime.Log.LogError(error, "A timer of {Grain} failed", activation.GrainId);
        }
        if (!changed && !ended.IsCancellationRequested && period != Timeout.InfiniteTimeSpan)
            clock!.Change(period, Timeout.InfiniteTimeSpan);
    }
}
