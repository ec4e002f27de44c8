using System.Collections.Immutable;
using Manufactura.Domain;
using Manufactura.Domain.Materials;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Screens;
using Orleans.Runtime;
using Orleans.Storage;

namespace Manufactura.Grains.Screens;

/// <summary>What is kept for a person.</summary>
[GenerateSerializer, Alias("manufactura.ViewsState")]
public sealed record ViewsState
{
    [Id(0)]
    public ImmutableArray<SavedView> Items { get; init; } = [];
}

/// <summary>Keeps one person's saved filters. They change nothing of the plant, so they are in no audit.</summary>
[GrainType("views")]
public sealed class ViewsGrain([PersistentState("views", "screens")] IPersistentState<ViewsState> state) : Grain, IViewsGrain
{
    /// <summary>More than anybody finds again.</summary>
    private const int Most = 50;
    private const int MaxQuery = 1000;

    public Task<SavedViews> List() => Task.FromResult(new SavedViews(state.State.Items));

    public async Task<Answer<SavedViews>> Save(SavedView view)
    {
        if (
            MasterRules.First(
                MasterRules.Code("page", view.Page),
                MasterRules.Code("name", view.Name),
                MasterRules.Text("query", view.Query, MaxQuery)
            ) is
            { } bad
        )
            return bad;
        var others = state.State.Items.RemoveAll(v => v.Page == view.Page && v.Name == view.Name);
        return others.Length >= Most
            ? Refusal.Validation($"No se guardan más de {Most} vistas.", $"At most {Most} views are kept.")
            : await KeepAsync([
                .. others.Append(view).OrderBy(v => v.Page, StringComparer.Ordinal).ThenBy(v => v.Name, StringComparer.Ordinal),
            ]);
    }

    public async Task<Answer<SavedViews>> Remove(string page, string name)
    {
        var others = state.State.Items.RemoveAll(v => v.Page == page && v.Name == name);
        return others.Length == state.State.Items.Length
            ? Refusal.NotFound($"la vista {name}") with
            {
                En = $"View {name} does not exist.",
            }
            : await KeepAsync(others);
    }

    private async Task<Answer<SavedViews>> KeepAsync(ImmutableArray<SavedView> items)
    {
        state.State = new ViewsState { Items = items };
        try
        {
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException)
        {
            // Another activation, as after a partition, wrote first; this one ends and reads again.
            return CommandDesk.Busy;
        }

        return new SavedViews(items);
    }
}
