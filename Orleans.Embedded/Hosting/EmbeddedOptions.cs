using System.Reflection;
using System.Text.Json;

namespace Orleans.Embedded;

/// <summary>Settings of the single-process host. All times run on the registered <see cref="TimeProvider"/>.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>Where grain classes are looked for.</summary>
    public IList<Assembly> GrainAssemblies { get; } = [];

    /// <summary>
    /// How long a caller waits before it gets a <see cref="TimeoutException"/>; more than zero, or infinite. Kept to the precision of
    /// the sweep: a quarter of the shorter of this and <see cref="CollectionQuantum"/>, from 20 ms to 1 s.
    /// </summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>An activation without a request for this long is ended.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle activations are looked for.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest that reading state and <see cref="Grain.OnActivateAsync"/> may take together.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest that <see cref="Grain.OnDeactivateAsync"/> may take before the activation ends without it.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest period of a reminder, and the wait before a failed tick is tried again.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How persistent state is written as JSON.</summary>
    public JsonSerializerOptions StateJson { get; set; } = new(JsonSerializerDefaults.General);

    internal TimeSpan SweepPeriod
    {
        get
        {
            var shorter =
                ResponseTimeout == Timeout.InfiniteTimeSpan ? CollectionQuantum : Min(ResponseTimeout, CollectionQuantum);
            return Min(
                TimeSpan.FromSeconds(1),
                TimeSpan.FromTicks(Math.Max(shorter.Ticks / 4, TimeSpan.TicksPerMillisecond * 20))
            );
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">A time is zero or negative; the message names it.</exception>
    internal void Check()
    {
        if (ResponseTimeout != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ResponseTimeout, TimeSpan.Zero, nameof(ResponseTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CollectionAge, TimeSpan.Zero, nameof(CollectionAge));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(CollectionQuantum, TimeSpan.Zero, nameof(CollectionQuantum));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ActivationTimeout, TimeSpan.Zero, nameof(ActivationTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(DeactivationTimeout, TimeSpan.Zero, nameof(DeactivationTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MinimumReminderPeriod, TimeSpan.Zero, nameof(MinimumReminderPeriod));
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
