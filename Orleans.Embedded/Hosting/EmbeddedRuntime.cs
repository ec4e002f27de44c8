using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Embedded;

/// <summary>All activations of the process. Registered by <see cref="EmbeddedHosting.AddEmbeddedOrleans"/>.</summary>
public sealed class EmbeddedRuntime : IGrainFactory, IHostedService
{
    /// <summary>A call that so many activations in a row ended without answering anything is refused.</summary>
    private const int MostFruitlessMoves = 8;

    private readonly ConcurrentDictionary<GrainId, Activation> activations = new();
    private readonly GrainCatalog catalog;
    private ITimer? sweep;
    private long nextCollection;
    private volatile bool stopping;
    private volatile bool stopped;

    internal EmbeddedRuntime(
        IServiceProvider services,
        EmbeddedOptions options,
        GrainCatalog catalog,
        TimeProvider clock,
        IReminderTable reminders,
        ILogger log
    )
    {
        (Services, Options, Clock, Log, this.catalog) = (services, options, clock, log, catalog);
        Reminders = new(this, reminders);
        nextCollection = After(options.CollectionQuantum);
    }

    /// <summary>How many grains are in memory.</summary>
    public int ActivationCount => activations.Count;

    internal IServiceProvider Services { get; }
    internal EmbeddedOptions Options { get; }
    internal TimeProvider Clock { get; }
    internal ILogger Log { get; }
    internal ReminderService Reminders { get; }

    /// <summary>No call from outside of grains is taken any more.</summary>
    internal bool Stopping => stopping;
    internal long Now => Clock.GetTimestamp();

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentNullException.ThrowIfNull(primaryKey);
        return GetGrain<TGrainInterface>(
            GrainId.Create(catalog.TypeOf(typeof(TGrainInterface), grainClassNamePrefix), primaryKey)
        );
    }

    /// <inheritdoc/>
    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
    {
        ArgumentNullException.ThrowIfNull(grainPrimaryKey);
        var made = DispatchProxy.Create(grainInterfaceType, typeof(GrainReference));
        ((GrainReference)made).Point(this, GrainId.Create(catalog.TypeOf(grainInterfaceType, null), grainPrimaryKey));
        return (IGrain)made;
    }

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable
    {
        var made = DispatchProxy.Create<TGrainInterface, GrainReference>();
        ((GrainReference)(object)made).Point(this, grainId);
        return made;
    }

    /// <summary>Reads the reminders and starts the clockwork.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var every = Options.SweepPeriod;
        sweep = Clock.CreateTimer(static self => ((EmbeddedRuntime)self!).Sweep(), this, every, every);
        await Reminders.StartAsync(cancellationToken);
    }

    /// <summary>
    /// Refuses calls from outside, lets those under way come to their end with all that they call, then ends every activation. When
    /// the token is cancelled first, callers that still wait get an <see cref="OrleansException"/>.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        Reminders.Stop();
        await UntilAsync(a => a.UntilQuiet(), cancellationToken);
        stopped = true;
        foreach (var (_, activation) in activations)
            activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The host stops."), CancellationToken.None);
        await UntilAsync(a => a.Deactivated is { IsCompleted: false } end ? end : null, cancellationToken);
        sweep?.Dispose();
        foreach (var (_, activation) in activations)
            activation.Abandon(new OrleansException("The host stopped before the call had ended."));
    }

    internal long Span(TimeSpan span) => (long)(span.TotalSeconds * Clock.TimestampFrequency);

    internal long After(TimeSpan span) => Now + Span(span);

    internal long DeadlineAfter(TimeSpan? timeout) =>
        (timeout ?? Options.ResponseTimeout) is var limit && limit == Timeout.InfiniteTimeSpan ? long.MaxValue : After(limit);

    /// <summary>Brings a call to the grain's activation, made if there is none, which is answered; null if it was refused.</summary>
    internal Activation? Post(GrainId id, Call call)
    {
        while (true)
        {
            if (!activations.TryGetValue(id, out var activation))
            {
                if (catalog.Find(id.Type) is not { } type)
                    return Refuse(call, new ArgumentException($"No grain class is called '{id.Type}'."));
                if (stopped)
                    return Refuse(call, new OrleansException($"{id} was not activated: the host is stopping."));
                var made = new Activation(this, type, id);
                activation = activations.GetOrAdd(id, made);
                if (activation == made)
                    made.Begin();
            }
            if (activation.TryPost(call))
                return activation;
        }
    }

    /// <summary>A call whose activation ended before its turn came.</summary>
    internal void MoveOn(Call call)
    {
        if (!call.Moves)
            return;
        if (call.FruitlessMoves >= MostFruitlessMoves)
            call.Fail(
                new OrleansException($"{call.Name} was refused: the grain ended {MostFruitlessMoves} times without an answer.")
            );
        else
            Post(call.Target!.GrainId, call);
    }

    /// <summary>The grain's activation, or null.</summary>
    internal Activation? Find(GrainId id) => activations.GetValueOrDefault(id);

    internal void Forget(Activation activation) => activations.TryRemove(new(activation.GrainId, activation));

    private static Activation? Refuse(Call call, Exception error)
    {
        call.Fail(error);
        return null;
    }

    private void Sweep()
    {
        var now = Now;
        var collect = now >= nextCollection;
        if (collect)
            nextCollection = After(Options.CollectionQuantum);
        foreach (var (_, activation) in activations)
            activation.Sweep(now, collect);
    }

    /// <summary>Waits until <paramref name="pending"/> answers null for every activation in one pass.</summary>
    private async Task UntilAsync(Func<Activation, Task?> pending, CancellationToken cancellationToken)
    {
        var found = true;
        while (found && !cancellationToken.IsCancellationRequested)
        {
            found = false;
            foreach (var (_, activation) in activations)
            {
                if (pending(activation) is not { } task)
                    continue;
                found = true;
                await task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
