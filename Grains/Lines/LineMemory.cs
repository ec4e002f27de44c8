using Manufactura.Domain.Lines;
using Manufactura.Grains.Interfaces;
using Manufactura.Storage.Queries;

namespace Manufactura.Grains.Lines;

/// <summary>A line with its open orders in sequence, in memory; what changes is put in or taken out one by one.</summary>
internal sealed class LineMemory
{
    private readonly Dictionary<string, QueueRow> byNumber = new(StringComparer.Ordinal);
    private readonly SortedSet<QueueRow> queue = new(BySequence.Instance);

    public LineMemory(LineState state, IEnumerable<QueueRow> orders)
    {
        State = state;
        Calendar = state.Calendar is { } json ? MessageJson.Deserialize<ShiftCalendar>(json) : ShiftCalendar.Default;
        LastEvent = state.LastEvent;
        foreach (var order in orders)
            Put(order);
    }

    public LineState State { get; }

    public ShiftCalendar Calendar { get; }

    /// <summary>What is here is not older than this event.</summary>
    public long LastEvent { get; set; }

    /// <summary>Units made today, with the day that they are of; null when that is to be read.</summary>
    public (DateOnly Day, decimal Units)? Produced { get; set; }

    /// <summary>Kilograms outstanding of all orders.</summary>
    public decimal AssignedKg { get; private set; }

    public int Count => queue.Count;

    /// <summary>In sequence.</summary>
    public IEnumerable<QueueRow> Queue => queue;

    /// <summary>The place of the last that has one; null when none has.</summary>
    public decimal? LastPosition => queue.Reverse().FirstOrDefault(q => q.Position is not null)?.Position;

    public QueueRow? Find(string number) => byNumber.GetValueOrDefault(number);

    /// <summary>An order as it now stands; one of another line is not kept.</summary>
    public void Put(QueueRow order)
    {
        Remove(order.Number);
        if (order.Line != State.Code)
            return;
        byNumber[order.Number] = order;
        queue.Add(order);
        AssignedKg += order.Kg;
    }

    public void Remove(string number)
    {
        if (!byNumber.Remove(number, out var was))
            return;
        queue.Remove(was);
        AssignedKg -= was.Kg;
    }

    /// <summary>By place; those without one stand behind, by age.</summary>
    private sealed class BySequence : IComparer<QueueRow>
    {
        public static readonly BySequence Instance = new();

        public int Compare(QueueRow? x, QueueRow? y)
        {
            var byPlace = (x!.Position ?? decimal.MaxValue).CompareTo(y!.Position ?? decimal.MaxValue);
            return byPlace != 0 ? byPlace : x.Id.CompareTo(y.Id);
        }
    }
}
