namespace Manufactura.Domain.Lines;

/// <summary>
/// When the orders of a queue are made, one after the other: a line makes its capacity per shift evenly over the shift, and
/// nothing while it is stopped. What has passed of the running shift is gone.
/// </summary>
public sealed class ShiftPlan : IDisposable
{
    /// <summary>Farther ahead nothing is foretold.</summary>
    public const int MaxShifts = 1000;

    private readonly ShiftCalendar calendar;
    private readonly decimal capacityKg;
    private readonly IEnumerator<ShiftWindow> windows;
    private readonly Queue<ShiftWindow> pieces = new();
    private int opened;
    private ShiftWindow shift;
    private DateTimeOffset at;

    /// <param name="capacityKg">Kilograms in one shift, above zero.</param>
    /// <param name="now">Nothing is made before this instant.</param>
    public ShiftPlan(ShiftCalendar calendar, decimal capacityKg, TimeZoneInfo zone, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacityKg);
        (this.calendar, this.capacityKg, at) = (calendar, capacityKg, now);
        windows = calendar.From(now, zone).GetEnumerator();
    }

    /// <summary>Takes the next so many kilograms: from when to when. Null when that is farther ahead than is foretold.</summary>
    public (DateTimeOffset Start, DateTimeOffset End)? Take(decimal kg)
    {
        if (!Open())
            return null;
        var start = at;
        while (kg > 0)
        {
            if (!Open())
                return null;
            var end = pieces.Peek().End;
            var room = capacityKg * (end - at).Ticks / Span;
            if (kg < room)
            {
                at = at.AddTicks((long)Math.Ceiling(kg * Span / capacityKg));
                break;
            }

            kg -= room;
            at = end;
        }

        return (start, at);
    }

    /// <summary>The shift in which the next kilogram would be made.</summary>
    public ShiftWindow? Free() => Open() ? shift : null;

    public void Dispose() => windows.Dispose();

    private decimal Span => (shift.End - shift.Start).Ticks;

    /// <summary>Stands in a piece of time in which the line works; false where none is foretold.</summary>
    private bool Open()
    {
        while (true)
        {
            while (pieces.TryPeek(out var piece))
            {
                if (at < piece.Start)
                    at = piece.Start;
                if (at < piece.End)
                    return true;
                pieces.Dequeue();
            }

            if (++opened > MaxShifts || !windows.MoveNext())
                return false;
            shift = windows.Current;
            Cut(shift);
        }
    }

    private void Cut(ShiftWindow window)
    {
        var from = window.Start;
        foreach (var stop in calendar.Stops)
        {
            if (stop.From >= window.End || stop.To <= from)
                continue;
            if (stop.From > from)
                pieces.Enqueue(new(from, stop.From));
            from = stop.To;
        }

        if (from < window.End)
            pieces.Enqueue(new(from, window.End));
    }
}
