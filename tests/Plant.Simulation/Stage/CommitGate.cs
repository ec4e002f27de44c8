using Manufactura.Storage.Commits;

namespace Manufactura.Plant.Simulation.Stage;

/// <summary>
/// The door of a host's commit log. While it is shut, commands that have decided wait at it, so that all of them have decided on the same
/// state of things; then they go in, in an order that the seed knows.
/// </summary>
internal sealed class CommitGate(ICommitLog log) : ICommitLog
{
    private readonly Lock gate = new();
    private readonly List<TaskCompletionSource> waiting = [];
    private bool shut;

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return waiting.Count;
        }
    }

    public void Shut()
    {
        lock (gate)
            shut = true;
    }

    /// <summary>Lets everybody in, in this order of their coming, and stays open.</summary>
    public void Open(Func<int, IEnumerable<int>> order)
    {
        TaskCompletionSource[] all;
        lock (gate)
        {
            shut = false;
            all = [.. waiting];
            waiting.Clear();
        }

        foreach (var place in order(all.Length))
            all[place].SetResult();
    }

    public async Task<CommitResult> CommitAsync(UnitOfWork unit, CancellationToken ct = default)
    {
        Task turn = Task.CompletedTask;
        lock (gate)
            if (shut)
            {
                // Whoever lets in waits until the unit is handed over, so that the order is kept.
                var place = new TaskCompletionSource();
                waiting.Add(place);
                turn = place.Task;
            }

        await turn.ConfigureAwait(ConfigureAwaitOptions.None);
        return await log.CommitAsync(unit, ct);
    }

    public Task<CommitResult.Known?> FindAsync(CommandKey key, CancellationToken ct = default) => log.FindAsync(key, ct);
}
