using System.Collections.Immutable;
using Manufactura.Grains.Interfaces.Screens;
using Orleans.Runtime;

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

    public Task Add(string name) => Names.Contains(name) ? Task.CompletedTask : Keep(Names.Add(name));

    public Task Remove(string name) => Names.Contains(name) ? Keep(Names.Remove(name)) : Task.CompletedTask;

    private Task Keep(ImmutableArray<string> names)
    {
        state.State = new ScreenDirectoryState { Names = names };
        return state.WriteStateAsync();
    }
}
