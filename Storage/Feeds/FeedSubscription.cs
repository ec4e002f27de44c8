using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Manufactura.Storage.Feeds;

/// <summary>One reader's share of the feed. Read from one place at a time; dispose to leave.</summary>
public sealed class FeedSubscription : IDisposable
{
    private readonly Channel<PlantEvent> events;
    private readonly Action<FeedSubscription> leave;

    internal FeedSubscription(int capacity, long afterId, Action<FeedSubscription> leave)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        var options = new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true };
        events = Channel.CreateBounded<PlantEvent>(options);
        AfterId = afterId;
        this.leave = leave;
    }

    /// <summary>The first event is the first after this id.</summary>
    public long AfterId { get; internal set; }

    /// <summary>
    /// Whether events were lost because this reader was too slow. What was collected before is still read in order; then
    /// <see cref="WaitAsync"/> answers false. Start again with <see cref="IFeed.Subscribe"/> and a fresh view.
    /// </summary>
    public bool Overflowed { get; private set; }

    /// <summary>Takes the next event if there is one.</summary>
    public bool TryRead([NotNullWhen(true)] out PlantEvent? plantEvent) => events.Reader.TryRead(out plantEvent);

    /// <summary>Waits for an event. False, once and for all, after an overflow or when the feed has stopped.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken ct = default) => events.Reader.WaitToReadAsync(ct);

    /// <summary>All events until an overflow or the feed's end.</summary>
    public IAsyncEnumerable<PlantEvent> ReadAllAsync(CancellationToken ct = default) => events.Reader.ReadAllAsync(ct);

    /// <summary>Leaves the feed.</summary>
    public void Dispose()
    {
        leave(this);
        Complete();
    }

    /// <summary>Hands an event over; false, once, where there is no room.</summary>
    internal bool Offer(PlantEvent plantEvent)
    {
        if (events.Writer.TryWrite(plantEvent))
        {
            return true;
        }
        Overflowed = true;
        Complete();
        return false;
    }

    internal void Complete() => events.Writer.TryComplete();
}
