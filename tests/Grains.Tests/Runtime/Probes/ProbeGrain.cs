using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Storage;

namespace Manufactura.Grains.Tests.Runtime.Probes;

[GrainType("test.probe")]
public sealed class ProbeGrain(Diary diary) : Grain, IProbeGrain
{
    private int life;
    private int inside;
    private int mostInside;
    private int bumps;
    private int sum;

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        life = diary.Count($"{Key} activated");
        if (Key.StartsWith("gate-at-start", StringComparison.Ordinal))
            await diary.Gate(Key).PassAsync(cancellationToken);
        if (Key.StartsWith("fails-twice", StringComparison.Ordinal) && life <= 2)
            throw new ShortException(life);
        if (Key.StartsWith("ends-itself", StringComparison.Ordinal))
            DeactivateOnIdle();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        diary.Write($"{Key} ended: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<int> Life() => Task.FromResult(life);

    public async Task<int> PassGate(string gate)
    {
        mostInside = Math.Max(mostInside, ++inside);
        await diary.Gate(gate).PassAsync();
        inside--;
        return mostInside;
    }

    public Task<int> PassGateQuickly(string gate) => PassGate(gate);

    public Task<int> ReadThroughGate(string gate) => PassGate(gate);

    public Task<int> Inside() => Task.FromResult(inside);

    public ValueTask<int> Bump() => ValueTask.FromResult(++bumps);

    public async Task<int> FanOut(int calls)
    {
        var answered = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, calls)
                .Select(async i =>
                {
                    await GrainFactory.GetGrain<IProbeGrain>($"{Key}/{i % 16}").Bump();
                    var before = answered;
                    Thread.SpinWait(50);
                    answered = before + 1;
                })
        );
        return answered;
    }

    public async Task AddSlowly(int times)
    {
        for (var i = 0; i < times; i++)
        {
            var before = sum;
            Thread.SpinWait(20);
            sum = before + 1;
            await Task.Yield();
        }
    }

    public Task<int> Sum() => Task.FromResult(sum);

    public Task Fail(int shortBy, bool later) =>
        later ? Task.FromException(new ShortException(shortBy)) : throw new ShortException(shortBy);

    public Task<string?> AmbientValue() => Task.FromResult(Diary.Ambient.Value);

    public async Task<string?> ContextValue(string key, ImmutableArray<string> via) =>
        via is [var next, .. var rest]
            ? await GrainFactory.GetGrain<IProbeGrain>(next).ContextValue(key, rest)
            : RequestContext.Get(key) as string;

    public async Task<string> Walk(ImmutableArray<string> path) =>
        path is [var next, .. var rest] ? $"{Key} {await GrainFactory.GetGrain<IProbeGrain>(next).Walk(rest)}" : Key;

    public async Task WaitForCancellation(string gate, CancellationToken cancellationToken = default)
    {
        try
        {
            await diary.Gate(gate).PassAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            diary.Write($"{Key} cancelled");
            throw;
        }
    }

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Stay(TimeSpan atLeast)
    {
        DelayDeactivation(atLeast);
        return Task.CompletedTask;
    }

    public Task StartTimer(TimeSpan due, TimeSpan period, bool keepAlive)
    {
        this.RegisterGrainTimer(
            () =>
            {
                diary.Write($"{Key} tick, {inside} inside");
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(due, period) { KeepAlive = keepAlive }
        );
        return Task.CompletedTask;
    }

    public Task Tell(string what)
    {
        diary.Write($"{Key} told {what}");
        return Task.FromException(new ShortException(1));
    }

    public ValueTask ThrowStale() => throw new InconsistentStateException("stale", "2", "1");
}

[GrainType("test.open"), Reentrant]
public sealed class OpenGrain(Diary diary) : Grain, IOpenGrain
{
    private int inside;

    public Task Nothing() => Task.CompletedTask;

    public async Task<int> PassGate(string gate)
    {
        inside++;
        await diary.Gate(gate).PassAsync();
        return inside;
    }
}

/// <summary>An exception of the domain's own, with data.</summary>
[GenerateSerializer, Alias("test.ShortException")]
public sealed class ShortException(int by) : Exception($"short by {by}")
{
    [Id(0)]
    public int By { get; } = by;
}
