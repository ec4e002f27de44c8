using Orleans.Embedded;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The life of a grain object, as the runtime sees it.</summary>
public interface IGrainBase
{
    /// <summary>The activation that this object belongs to.</summary>
    IGrainContext GrainContext { get; }

    /// <inheritdoc cref="Grain.OnActivateAsync"/>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <inheritdoc cref="Grain.OnDeactivateAsync"/>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}

/// <summary>Base class of all grains. One request runs at a time, also across awaits; never use ConfigureAwait(false) in it.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>For the runtime, which makes grains in their own turn.</summary>
    /// <exception cref="InvalidOperationException">The grain was made with <c>new</c>.</exception>
    protected Grain()
        : this(Activation.Running ?? throw new InvalidOperationException("A grain is made by the runtime, never by new.")) { }

    /// <summary>As the parameterless one, with the context injected.</summary>
    protected Grain(IGrainContext grainContext) => GrainContext = grainContext;

    /// <inheritdoc/>
    public IGrainContext GrainContext { get; }

    /// <summary>Type and key, for logs.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => Activation.Of(this).Runtime;

    /// <summary>Services scoped to this activation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <summary>Ends this activation after the requests that run now; the next call makes a new one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps idle collection away for at least this long; a negative span takes an earlier wish back.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.Of(this).DelayDeactivation(timeSpan);

#pragma warning disable CA1725 // Orleans itself names these parameters otherwise than its interface does
    /// <summary>
    /// Called before the first request, after persistent state is read. If it throws, the calls that wait get that exception, and
    /// the next call tries again with a new grain object.
    /// </summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called after the last request; not called after a crash, so nothing may depend on it.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
#pragma warning restore CA1725
}
