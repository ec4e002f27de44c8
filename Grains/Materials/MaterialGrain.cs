using System.Collections.Immutable;
using Manufactura.Grains.Interfaces.Materials;
using Manufactura.Storage.Queries;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Manufactura.Grains.Materials;

/// <summary>
/// Serial front of one material's lots. Its index is arithmetic on what it read and granted; whatever else happens to a lot
/// is heard from the feed and makes that lot doubtful, and a doubtful lot is read again when no hold on it is in flight.
/// Nobody is told "short" while an answer of the database could say otherwise.
/// </summary>
[GrainType("material")]
public sealed class MaterialGrain(LotReader reader, PlantClock clock, TimeProvider time, ActiveMaterials active)
    : Grain,
        IMaterialGrain
{
    /// <summary>How long an order may take to commit what it holds.</summary>
    private static readonly TimeSpan HoldFor = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long everybody waits here for one who holds: the order may be gone with its node. One that is only slow is held to what the
    /// database says, as always.
    /// </summary>
    private static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(5);

    private readonly LotIndex index = new();
    private readonly Dictionary<string, (Held Held, long Since)> holds = new(StringComparer.Ordinal);
    private readonly HashSet<string> doubtful = new(StringComparer.Ordinal);
    private bool doubtAll;
    private bool wrong;
    private TaskCompletionSource? drained;

    private string Material => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        active.Add(Material);
        await LoadAll();
        EndForgotten(HoldFor, HoldFor);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        active.Remove(Material);
        return Task.CompletedTask;
    }

    public async Task<Held> Hold(HoldRequest request) => (await HoldAll([request]))[0];

    public async Task<ImmutableArray<Held>> HoldAll(ImmutableArray<HoldRequest> requests)
    {
        if (wrong)
        {
            // The database refused what this index granted: while others hold, those lots would never be read again.
            wrong = false;
            await Drain();
            await LoadAll();
        }

        await ReadDoubtful();
        var held = Take(requests);
        if (held.Any(h => h.Missing > 0))
        {
            // What came in may be committed and answered before the feed tells of it here.
            foreach (var one in held)
                GiveBack(one);
            await Drain();
            await LoadAll();
            held = Take(requests);
        }

        for (var i = 0; i < held.Length; i++)
            if (held[i].Lots.Length > 0)
                holds[requests[i].HoldId] = (held[i], time.GetTimestamp());
        return held;
    }

    private ImmutableArray<Held> Take(ImmutableArray<HoldRequest> requests)
    {
        var today = clock.Today;
        return [.. requests.Select(r => index.Take(r, today))];
    }

    public Task Settle(string holdId)
    {
        holds.Remove(holdId);
        Drained();
        return Task.CompletedTask;
    }

    public Task Drop(string holdId, bool doubtful)
    {
        if (holds.Remove(holdId, out var hold))
        {
            GiveBack(hold.Held);
            wrong |= doubtful;
        }

        Drained();
        return Task.CompletedTask;
    }

    public Task LotChanged(string lot, decimal available, string? location)
    {
        // Equal: the echo of what was granted here. Anything else may also be such an echo, only later; reading tells.
        if (
            (index.FreeOf(lot) ?? 0) != available
            || (location is not null && index.LocationOf(lot) is { } known && known != location)
        )
            doubtful.Add(lot);
        return Task.CompletedTask;
    }

    public Task Doubt()
    {
        doubtAll = true;
        return Task.CompletedTask;
    }

    private async Task ReadDoubtful()
    {
        if (doubtAll && holds.Count == 0)
            await LoadAll();
        if (doubtful.Count == 0)
            return;
        var inFlight = holds.Values.SelectMany(h => h.Held.Lots).Select(l => l.Lot).ToHashSet(StringComparer.Ordinal);
        string[] free = [.. doubtful.Where(lot => !inFlight.Contains(lot))];
        if (free.Length == 0)
            return;
        doubtful.ExceptWith(free);
        var read = await reader.FreeAsync(free);
        foreach (var gone in free)
            index.Remove(gone);
        foreach (var lot in read)
            index.Put(lot);
    }

    private async Task LoadAll()
    {
        doubtful.Clear();
        doubtAll = false;
        var read = await reader.AvailableOfAsync(Material);
        index.Clear();
        foreach (var lot in read)
            index.Put(lot);
    }

    /// <summary>Waits until nobody's hold is in flight; new ones cannot come, since this call has the turn.</summary>
    private async Task Drain()
    {
        using var forgotten = holds.Count > 0 ? EndForgotten(DrainFor, TimeSpan.FromSeconds(1)) : null;
        while (holds.Count > 0)
        {
            drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await drained.Task;
        }

        drained = null;
    }

    private void Drained()
    {
        if (holds.Count == 0)
            drained?.TrySetResult();
    }

    private void GiveBack(Held held)
    {
        foreach (var lot in held.Lots)
            index.GiveBack(lot.Lot, lot.Quantity);
    }

    private IGrainTimer EndForgotten(TimeSpan after, TimeSpan every) =>
        this.RegisterGrainTimer(
            _ =>
            {
                EndForgotten(after);
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(every, every) { Interleave = true }
        );

    private void EndForgotten(TimeSpan after)
    {
        foreach (var (id, hold) in holds.ToArray())
            if (time.GetElapsedTime(hold.Since) > after && holds.Remove(id))
                foreach (var lot in hold.Held.Lots)
                    doubtful.Add(lot.Lot);
        Drained();
    }
}

/// <summary>The materials whose index lives in this process: only they need to hear of changed lots.</summary>
public sealed class ActiveMaterials
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte> codes = new(StringComparer.Ordinal);

    public void Add(string material) => codes[material] = 0;

    public void Remove(string material) => codes.TryRemove(material, out _);

    public bool Contains(string material) => codes.ContainsKey(material);

    public IReadOnlyCollection<string> All => [.. codes.Keys];
}
