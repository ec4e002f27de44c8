using Manufactura.Domain;
using Manufactura.Domain.Screens;
using Manufactura.Grains.Interfaces;
using Manufactura.Grains.Interfaces.Screens;
using Manufactura.Storage.Commits;
using Manufactura.Storage.Commits.Rows;
using Orleans.Runtime;
using Orleans.Storage;

namespace Manufactura.Grains.Screens;

/// <summary>What is kept of a screen; without a layout nobody has saved one, or it was deleted.</summary>
[GenerateSerializer, Alias("manufactura.ScreenState")]
public sealed record ScreenState
{
    [Id(0)]
    public ScreenLayout? Layout { get; init; }
}

/// <summary>
/// Keeps the layout of one wall screen. The event that tells open screens follows the state: a screen that missed it finds the new
/// version with its next snapshot.
/// </summary>
[GrainType("screen")]
public sealed class ScreenGrain([PersistentState("layout", "screens")] IPersistentState<ScreenState> state, ICommitLog log)
    : Grain,
        IScreenGrain
{
    private string Name => this.GetPrimaryKeyString();

    private IScreenDirectoryGrain Directory => GrainFactory.GetGrain<IScreenDirectoryGrain>(IScreenDirectoryGrain.Key);

    private ScreenLayout? Current =>
        state.State.Layout ?? (Name == IScreenGrain.DefaultName ? Layout(Screen.Default, version: 0) : null);

    public Task<Answer<ScreenLayout>> Get() =>
        Task.FromResult<Answer<ScreenLayout>>(Current is { } layout ? layout : Refusal.NotFound(Name));

    public async Task<Answer<ScreenLayout>> Save(ScreenLayout layout, CommandContext context)
    {
        if (ScreenRules.Name(Name) is { } bad)
            return bad;
        if (layout.Panels.IsDefault || layout.Panels.Any(p => p is null) || layout.Title is null || layout.Theme is null)
            return Refusal.Validation("Faltan datos de la pantalla.", "The screen lacks data.");
        var decision = ScreenRules.Check(Of(layout));
        if (decision.Refusal is { } refusal)
            return refusal;
        var seen = Current?.Version ?? 0;
        if (layout.Version != seen)
            return Stale(seen);
        // The directory first: a name in it without a layout is passed over, a layout without a name would be lost.
        await Directory.Add(Name);
        var next = Layout(decision.Outcome, seen + 1);
        if (!await TryKeep(next))
            return Stale(Current?.Version ?? 0);
        await Tell("screen-changed", next, context.Actor);
        return next;
    }

    public async Task<Answer<ScreenLayout>> Delete(CommandContext context)
    {
        if (state.State.Layout is not { } was)
            return Refusal.NotFound(Name);
        if (!await TryKeep(null))
            return Stale(Current?.Version ?? 0);
        await Directory.Remove(Name);
        await Tell("screen-deleted", was, context.Actor);
        return was;
    }

    /// <summary>False where another activation, as after a partition, wrote first; what it wrote has been read then.</summary>
    private async Task<bool> TryKeep(ScreenLayout? layout)
    {
        state.State = new ScreenState { Layout = layout };
        try
        {
            await state.WriteStateAsync();
            return true;
        }
        catch (InconsistentStateException)
        {
            await state.ReadStateAsync();
            return false;
        }
    }

    private async Task Tell(string type, ScreenLayout layout, string actor)
    {
        var work = new UnitOfWork();
        work.Add(new EventInsert(type, "screen:" + Name, null, layout.Version, actor, MessageJson.Serialize(layout)));
        await log.CommitAsync(work);
    }

    private static Screen Of(ScreenLayout l) =>
        new(
            l.Title,
            l.Theme,
            l.Columns,
            l.Rows,
            l.RotationSeconds,
            [.. l.Panels.Select(p => new Panel(p.Kind, p.Page, p.Column, p.Row, p.Width, p.Height, p.Subject))]
        );

    private ScreenLayout Layout(Screen s, int version) =>
        new(
            Name,
            s.Title,
            s.Theme,
            s.Columns,
            s.Rows,
            s.RotationSeconds,
            [.. s.Panels.Select(p => new ScreenPanel(p.Kind, p.Page, p.Column, p.Row, p.Width, p.Height, p.Subject))],
            version
        );

    private static Refusal Stale(int current) =>
        new Refusal(
            "stale",
            RefusalKind.Conflict,
            "Otra persona guardó esta pantalla entretanto; vuelva a abrirla.",
            "Somebody else saved this screen meanwhile; open it again."
        ).With("current", current);
}
