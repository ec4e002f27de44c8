using Manufactura.Storage.Feeds;

namespace Manufactura.Dashboard.Live;

/// <summary>
/// The newest events in memory, in commit order and without a gap, so that two hundred screens that come back at once cost the database
/// nothing. Not for several threads.
/// </summary>
internal sealed class RecentEvents(int most)
{
    private readonly Queue<PlantEvent> events = new();

    /// <summary>Everything after this id is here; null before <see cref="Begin"/>.</summary>
    private long? completeAfter;

    /// <summary>Starts with what was read: every event after <paramref name="after"/> up to now.</summary>
    public void Begin(long after, IEnumerable<PlantEvent> read)
    {
        events.Clear();
        completeAfter = after;
        foreach (var e in read)
            Add(e);
    }

    public void Add(PlantEvent e)
    {
        events.Enqueue(e);
        if (events.Count > most)
            completeAfter = events.Dequeue().Id;
    }

    /// <summary>The events after <paramref name="after"/> up to and with <paramref name="upTo"/>; null where not all of them are here.</summary>
    public IReadOnlyList<PlantEvent>? Between(long after, long upTo) =>
        after < completeAfter || completeAfter is null ? null : [.. events.Where(e => e.Id > after && e.Id <= upTo)];
}
