using Manufactura.Storage.Feeds;

namespace Manufactura.Silo.Reactions;

/// <summary>
/// Something that follows from what was committed: "calls go down, events go up". Told every event in commit order, after a
/// crash perhaps twice, so it must look at how things stand now.
/// </summary>
public interface IReaction
{
    Task OnAsync(PlantEvent e, CancellationToken ct);

    /// <summary>After some events in a row, before they count as dealt with: for what is better done once for many.</summary>
    Task OnPageAsync(CancellationToken ct) => Task.CompletedTask;
}
