using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Storage;

namespace Manufactura.Grains.Tests.Runtime.Probes;

/// <summary>Keeps persistent state.</summary>
[Alias("test.IShelfGrain")]
public interface IShelfGrain : IGrainWithStringKey
{
    [Alias("Put")]
    Task<int> Put(int quantity);

    /// <summary>As Put, but takes a refused write for granted. True when it was refused.</summary>
    [Alias("PutAnyway")]
    Task<bool> PutAnyway(int quantity);

    [Alias("OnHand")]
    Task<int> OnHand();

    [Alias("Clear")]
    Task Clear();

    [Alias("End")]
    Task End();
}

[GenerateSerializer, Alias("test.ShelfState")]
public sealed record ShelfState
{
    [Id(0)]
    public int OnHand { get; init; }

    [Id(1)]
    public ImmutableArray<string> Notes { get; init; } = [];
}

[GrainType("test.shelf")]
public sealed class ShelfGrain([PersistentState("shelf")] IPersistentState<ShelfState> state, Diary diary) : Grain, IShelfGrain
{
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        diary.Write($"{this.GetPrimaryKeyString()} ended: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public async Task<int> Put(int quantity)
    {
        state.State = state.State with { OnHand = state.State.OnHand + quantity, Notes = state.State.Notes.Add("+" + quantity) };
        await state.WriteStateAsync();
        return state.State.OnHand;
    }

    public async Task<bool> PutAnyway(int quantity)
    {
        try
        {
            await Put(quantity);
            return false;
        }
        catch (InconsistentStateException)
        {
            return true;
        }
    }

    public Task<int> OnHand() => Task.FromResult(state.State.OnHand);

    public Task Clear() => state.ClearStateAsync();

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
