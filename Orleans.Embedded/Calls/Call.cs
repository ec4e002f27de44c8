using Orleans.Storage;

namespace Orleans.Embedded;

/// <summary>One request in an activation's queue: a method call, a tick, the activation or deactivation itself.</summary>
internal abstract class Call
{
    /// <summary>The request that the running code belongs to; null outside of grains.</summary>
    public static readonly AsyncLocal<Call?> Current = new();

    /// <summary>The activation that has it, in its queue or running.</summary>
    public Activation? Target { get; set; }

    /// <summary>The request that made this call and waits for it; null once that has ended.</summary>
    public Call? Parent { get; set; }

    /// <summary>The next in the one list that this call is in.</summary>
    public Call? Next { get; set; }

    /// <summary>In <see cref="Target"/>'s list of running requests. Guarded by the target's lock.</summary>
    public bool Running { get; set; }

    public bool Done { get; set; }
    public bool Interleave { get; init; }
    public bool ReadOnly { get; init; }

    /// <summary>Whether it counts as use of the grain.</summary>
    public bool KeepsAlive { get; init; } = true;

    /// <summary>Whether it goes on to the next activation if this one ends first.</summary>
    public bool Moves { get; init; } = true;

    /// <summary>Activations it has waited in vain for, in a row.</summary>
    public int FruitlessMoves { get; set; }

    /// <summary>Timestamp after which the caller gets a <see cref="TimeoutException"/>.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    /// <summary>For messages: grain and method.</summary>
    public abstract string Name { get; }

    /// <summary>Runs in the activation's turn. Never throws and never faults; calls <see cref="Activation.Leave"/> at its end.</summary>
    public abstract Task RunAsync(Grain? grain);

    /// <summary>Ends the wait of the caller, whether the call has started or not.</summary>
    public abstract void Fail(Exception error);

    /// <summary>Whether a call up the chain holds the target's turn. Called under the target's lock.</summary>
    public bool WaitsForItself(Activation target)
    {
        for (var above = Parent; above is not null; above = above.Parent)
            if (above.Target == target && above.Running)
                return true;
        return false;
    }

    /// <summary>The calls that led here, first to last.</summary>
    public string Chain()
    {
        var names = new List<string>();
        for (var call = this; call is not null; call = call.Parent)
            names.Add(call.Name);
        names.Reverse();
        return string.Join(" → ", names);
    }

    /// <summary>What grain code threw: if its state was stale, its activation must not go on with it.</summary>
    protected void Escaped(Exception error)
    {
        if (error is InconsistentStateException { IsSourceActivation: true } stale)
            Target!.EndStale(stale);
    }
}
