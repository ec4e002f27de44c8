using Manufactura.Domain.Lines;
using Manufactura.Domain.ProductionOrders;
using Manufactura.Grains.Interfaces;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Lines;

/// <summary>
/// A line with its open orders in sequence, in memory; what changes is put in or taken out one by one, and whatever a load is made
/// of is kept with it, so that telling the load costs the same however long the queue is.
/// </summary>
internal sealed class LineMemory
{
    private readonly Dictionary<string, QueueRow> byNumber = new(StringComparer.Ordinal);
    private readonly QueueRows queue;
    private readonly PlantClock clock;
    private DateOnly day;
    private decimal due;
    private ShiftTimeline? timeline;

    public LineMemory(LineState state, IReadOnlyCollection<QueueRow> orders, PlantClock clock)
    {
        this.clock = clock;
        State = state;
        Calendar = state.Calendar is { } json ? MessageJson.Deserialize<ShiftCalendar>(json) : ShiftCalendar.Default;
        LastEvent = state.LastEvent;
        queue = new(orders);
        foreach (var order in orders)
            byNumber[order.Number] = order;
        Begin(clock.Today);
    }

    public LineState State { get; }

    public ShiftCalendar Calendar { get; }

    /// <summary>What is here is not older than this event.</summary>
    public long LastEvent { get; set; }

    /// <summary>Units made today, with the day that they are of; null when that is to be read.</summary>
    public (DateOnly Day, decimal Units)? Produced { get; set; }

    /// <summary>Its shifts from today's first, or from last night's where that one runs past midnight.</summary>
    public ShiftTimeline Timeline
    {
        get
        {
            Begin(clock.Today);
            return timeline ??= new(Calendar, clock.Zone, clock.StartOf(day));
        }
    }

    /// <summary>Units outstanding of the orders that are in progress or due by today.</summary>
    public decimal Due
    {
        get
        {
            Begin(clock.Today);
            return due;
        }
    }

    /// <summary>Its orders with their sums.</summary>
    public QueueRows Queue => queue;

    /// <summary>The place of the last that has one; null when none has.</summary>
    public decimal? LastPosition => queue.InSequence.LastOrDefault(q => q.Position is not null)?.Position;

    public QueueRow? Find(string number) => byNumber.GetValueOrDefault(number);

    /// <summary>An order as it now stands; one of another line is not kept.</summary>
    public void Put(QueueRow order)
    {
        Remove(order.Number);
        if (order.Line != State.Code)
            return;
        byNumber[order.Number] = order;
        queue.Add(order);
        due += DueOf(order);
    }

    public void Remove(string number)
    {
        if (!byNumber.Remove(number, out var was))
            return;
        queue.Remove(was);
        due -= DueOf(was);
    }

    private decimal DueOf(QueueRow order) =>
        order.Status == nameof(OrderStatus.InProgress) || order.DueDate <= day ? order.Outstanding : 0;

    private void Begin(DateOnly today)
    {
        if (day == today)
            return;
        day = today;
        due = queue.InSequence.Sum(DueOf);
        timeline = null;
    }
}
