using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>
/// One grain in memory, from its first call to its end. Other parts of this class: Activation.Turns.cs, which request may run;
/// Activation.Scheduler.cs, which thread runs it. A finished activation lets go of its grain, so a reference that remembers it costs little.
/// </summary>
internal sealed partial class Activation(EmbeddedRuntime runtime, GrainClass type, GrainId id) : TaskScheduler, IGrainContext
{
    private enum Phase : byte
    {
        Creating,
        Active,
        Ending,
        Gone,
    }

    private readonly Lock gate = new();
    private Grain? grain;
    private AsyncServiceScope? scope;
    private List<GrainTimer>? timers;
    private TaskCompletionSource? gone;
    private DeactivationReason reason;
    private long lastUse = runtime.Now;
    private long keepUntil;
    private Phase phase;
    private bool endWanted;

    public EmbeddedRuntime Runtime => runtime;
    public GrainId GrainId => id;
    public object? GrainInstance => grain;

    /// <summary>The scope is made when first asked for: most grains never do.</summary>
    public IServiceProvider ActivationServices => (scope ??= runtime.Services.CreateAsyncScope()).ServiceProvider;

    public Task Deactivated
    {
        get
        {
            lock (gate)
            {
                if (phase == Phase.Gone)
                    return Task.CompletedTask;
                return (gone ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    public static Activation Of(IGrainBase grain) => (Activation)grain.GrainContext;

    /// <summary>Starts to make the grain. Calls posted meanwhile wait.</summary>
    public void Begin()
    {
        lock (gate)
            Admit(new InternalCall("OnActivateAsync", _ => ActivateAsync()) { Target = this });
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (endWanted || phase is Phase.Ending or Phase.Gone)
                return;
            endWanted = true;
            reason = deactivationReason;
            if (phase == Phase.Active && running is null)
                BeginEnd();
        }
    }

    /// <summary>The state in memory is not the stored one: whatever is decided on it would be wrong.</summary>
    public void EndStale(InconsistentStateException stale)
    {
        stale.IsSourceActivation = false;
        Deactivate(new(DeactivationReasonCode.ApplicationError, stale, "Its state was changed elsewhere."));
    }

    public void DelayDeactivation(TimeSpan span)
    {
        lock (gate)
            keepUntil =
                span == Timeout.InfiniteTimeSpan || span == TimeSpan.MaxValue ? long.MaxValue
                : span < TimeSpan.Zero ? 0
                : runtime.After(span);
    }

    /// <summary>False when the activation has ended.</summary>
    public bool TryAdd(GrainTimer timer)
    {
        lock (gate)
        {
            if (phase is Phase.Ending or Phase.Gone)
                return false;
            (timers ??= []).Add(timer);
            return true;
        }
    }

    public void Remove(GrainTimer timer)
    {
        lock (gate)
            timers?.Remove(timer);
    }

    private async Task ActivateAsync()
    {
        try
        {
            using var giveUp = new CancellationTokenSource();
            await WithinAsync(MakeGrainAsync(giveUp.Token), runtime.Options.ActivationTimeout, giveUp, "OnActivateAsync");
            lock (gate)
                phase = Phase.Active;
        }
        catch (Exception error)
        {
            runtime.Log.LogWarning(error, "{Grain} could not be activated", id);
            await ReleaseAsync();
            Finish(call => call.Fail(error));
        }
    }

    private async Task MakeGrainAsync(CancellationToken cancellation)
    {
        var (made, states) = type.Create(this);
        grain = made;
        foreach (var state in states)
            await state.ReadStateAsync(cancellation);
        await made.OnActivateAsync(cancellation);
    }

    /// <summary>Called under the lock, when nothing runs.</summary>
    private void BeginEnd()
    {
        phase = Phase.Ending;
        Admit(new InternalCall("OnDeactivateAsync", _ => EndAsync()) { Target = this });
    }

    private async Task EndAsync()
    {
        EndTimers();
        try
        {
            using var giveUp = new CancellationTokenSource();
            await WithinAsync(
                grain!.OnDeactivateAsync(reason, giveUp.Token),
                runtime.Options.DeactivationTimeout,
                giveUp,
                "OnDeactivateAsync"
            );
        }
        catch (Exception error)
        {
            runtime.Log.LogError(error, "The end of {Grain} failed", id);
        }
        await ReleaseAsync();
        Finish(runtime.MoveOn);
    }

    /// <summary>Most grains do this without waiting, and then it costs no timer.</summary>
    private async Task WithinAsync(Task work, TimeSpan limit, CancellationTokenSource giveUp, string what)
    {
        if (work.IsCompleted)
        {
            await work;
            return;
        }
        try
        {
            await work.WaitAsync(limit, runtime.Clock);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            await giveUp.CancelAsync();
            throw new TimeoutException($"{id}.{what} did not end within {limit}.");
        }
    }

    private void EndTimers()
    {
        GrainTimer[] all;
        lock (gate)
            (all, timers) = ([.. timers ?? []], null);
        foreach (var timer in all)
            timer.End();
    }

    private async Task ReleaseAsync()
    {
        EndTimers();
        try
        {
            if (grain is IAsyncDisposable later)
                await later.DisposeAsync();
            else if (grain is IDisposable now)
                now.Dispose();
            if (scope is { } own)
                await own.DisposeAsync();
        }
        catch (Exception error)
        {
            runtime.Log.LogError(error, "What {Grain} held could not be disposed", id);
        }
    }

    private void Finish(Action<Call> withEachWaiting)
    {
        Call? rest;
        lock (gate)
        {
            phase = Phase.Gone;
            rest = TakeAllWaiting();
            (grain, scope) = (null, null);
        }
        runtime.Forget(this);
        while (rest is { } call)
        {
            (rest, call.Next) = (call.Next, null);
            if (!served)
                call.FruitlessMoves++;
            withEachWaiting(call);
        }
        lock (gate)
            gone?.TrySetResult();
    }
}
