namespace Orleans.Embedded;

/// <summary>A request of the runtime itself: timer and reminder ticks, activation, deactivation.</summary>
/// <param name="name">What it does, for messages.</param>
/// <param name="run">The work, in the activation's turn.</param>
/// <param name="ended">Told once: null, or what was thrown or kept it from running. Runs outside of the turn's lock.</param>
internal sealed class InternalCall(string name, Func<Grain?, Task> run, Action<Exception?>? ended = null) : Call
{
    public override string Name => $"{Target?.GrainId}.{name}";

    public override async Task RunAsync(Grain? grain)
    {
        Current.Value = this;
        Exception? error = null;
        try
        {
            await run(grain);
        }
        catch (Exception thrown)
        {
            error = thrown;
            Escaped(thrown);
        }
        Target!.Leave(this);
        ended?.Invoke(error);
    }

    public override void Fail(Exception error) => ended?.Invoke(error);
}
