using System.Collections.Immutable;
using Manufactura.Grains.Interfaces.Screens;
using Orleans.Runtime;
using Orleans.Storage;

namespace Manufactura.Grains.Screens;

/// <summary>The names under which screens were saved.</summary>
[GenerateSerializer, Alias("manufactura.ScreenDirectoryState")]
public sealed record ScreenDirectoryState
{
    [Id(0)]
    public ImmutableArray<string> Names { get; init; } = [];
}

/// <summary>Grain state cannot be listed, so the names have a grain of their own.</summary>
[GrainType("screens")]
public sealed class ScreenDirectoryGrain([PersistentState("names", "screens")] IPersistentState<ScreenDirectoryState> state)
    : Grain,
        IScreenDirectoryGrain
{
    private ImmutableArray<string> Names => state.State.Names;

    /// <summary>The default screen is always among them.</summary>
    public Task<ScreenNames> List() =>
        Task.FromResult(new ScreenNames([.. Names.Append(IScreenGrain.DefaultName).Distinct().Order(StringComparer.Ordinal)]));

    public Task Add(string name) => Change(names => names.Contains(name) ? names : names.Add(name));

    public Task Remove(string name) => Change(names => names.Remove(name));

    private async Task Change(Func<ImmutableArray<string>, ImmutableArray<string>> change)
    {
        for (var attempt = 1; ; attempt++)
        {
            var names = change(Names);
            if (names == Names)
                return;
            state.State = new ScreenDirectoryState { Names = names };
            try
            {
                await state.WriteStateAsync();
                return;
            }
            catch (InconsistentStateException) when (attempt < CommandDesk.Attempts)
            {
                // Another activation, as after a partition, wrote first.
                await state.ReadStateAsync();
            }
        }
    }
}
