using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Manufactura.Grains.Tests.Runtime.Probes;

/// <summary>Shows how the runtime treats a grain.</summary>
[Alias("test.IProbeGrain")]
public interface IProbeGrain : IGrainWithStringKey
{
    /// <summary>Which activation of this key it is, from 1.</summary>
    [Alias("Life")]
    Task<int> Life();

    /// <summary>Arrives at the gate, waits for it to open, and answers the most requests ever seen inside at once.</summary>
    [Alias("PassGate")]
    Task<int> PassGate(string gate);

    [Alias("PassGateQuickly"), ResponseTimeout("00:00:05")]
    Task<int> PassGateQuickly(string gate);

    [Alias("ReadThroughGate"), ReadOnly]
    Task<int> ReadThroughGate(string gate);

    [Alias("Inside"), AlwaysInterleave]
    Task<int> Inside();

    [Alias("Bump")]
    ValueTask<int> Bump();

    /// <summary>Calls others side by side and counts in memory as each answers.</summary>
    [Alias("FanOut")]
    Task<int> FanOut(int calls);

    [Alias("AddSlowly"), AlwaysInterleave]
    Task AddSlowly(int times);

    [Alias("Sum")]
    Task<int> Sum();

    [Alias("Fail")]
    Task Fail(int shortBy, bool later);

    [Alias("AmbientValue")]
    Task<string?> AmbientValue();

    [Alias("ContextValue")]
    Task<string?> ContextValue(string key, ImmutableArray<string> via);

    /// <summary>Calls the first of the path with the rest of it; answers the keys passed.</summary>
    [Alias("Walk")]
    Task<string> Walk(ImmutableArray<string> path);

    [Alias("WaitForCancellation")]
    Task WaitForCancellation(string gate, CancellationToken cancellationToken = default);

    [Alias("End")]
    Task End();

    [Alias("Stay")]
    Task Stay(TimeSpan atLeast);

    [Alias("StartTimer")]
    Task StartTimer(TimeSpan due, TimeSpan period, bool keepAlive);

    [Alias("Tell"), OneWay]
    Task Tell(string what);

    [Alias("ThrowStale")]
    ValueTask ThrowStale();
}

/// <summary>A grain whose requests all interleave.</summary>
[Alias("test.IOpenGrain")]
public interface IOpenGrain : IGrainWithStringKey
{
    [Alias("Nothing")]
    Task Nothing();

    [Alias("PassGate")]
    Task<int> PassGate(string gate);
}
